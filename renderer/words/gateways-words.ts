/** Which gateways there are, where they are, and what the person decides about them. */
export const gatewaysWords = {
  leadsTo: { en: 'It leads to {address}.', ko: '연결할 주소는 {address} 입니다.' },
  leadsElsewhere: { en: 'If that does not answer:', ko: '응답이 없으면 다음 주소를 씁니다:' },
  leadsPinned: {
    en: 'Encrypted. Only the certificate that it names is accepted.',
    ko: '암호화됩니다. 지정된 인증서만 받아들입니다.',
  },
  leadsEncrypted: { en: 'Encrypted.', ko: '암호화됩니다.' },
  leadsPlain: { en: 'Not encrypted.', ko: '암호화되지 않습니다.' },
  linkTitle: { en: 'A link wants to pair this Mac', ko: '링크가 이 Mac의 페어링을 요청했습니다' },
  linkWhy: {
    en: 'Pair only if you opened it yourself and know this address.',
    ko: '직접 연 링크이고 아는 주소일 때만 페어링하십시오.',
  },
  linkDrop: { en: 'Use Something Else', ko: '다른 방법 사용' },
  linkBad: { en: 'This link cannot be used', ko: '사용할 수 없는 링크입니다' },
  pinWhenTrusted: { en: 'Remember the certificate', ko: '인증서 기억' },
  pinWhenTrustedWhy: {
    en: 'From the first trusted connection on, no other one is accepted without asking you.',
    ko: '처음 신뢰한 연결부터, 다른 인증서는 먼저 묻지 않고는 받아들이지 않습니다.',
  },

  nearby: { en: 'Gateways nearby', ko: '가까운 게이트웨이' },
  nearbyLook: { en: 'Look for Gateways Nearby', ko: '가까운 게이트웨이 찾기' },
  nearbyStop: { en: 'Stop Looking', ko: '찾기 중단' },
  nearbyIdle: {
    en: 'Looks on the local network while this window is open.',
    ko: '이 창이 열려 있는 동안 로컬 네트워크에서 찾습니다.',
  },
  nearbyLooking: { en: 'Looking on the local network.', ko: '로컬 네트워크에서 찾는 중입니다.' },
  nearbyHints: {
    en: 'The network says so, nobody has checked it. Choose one that you know.',
    ko: '네트워크에서 알려 온 이름이며 확인되지 않았습니다. 아는 것을 선택하십시오.',
  },
  nearbyFailed: {
    en: 'The local network cannot be searched. Allow Latchkey in System Settings, Privacy & Security, Local Network.',
    ko: '로컬 네트워크를 검색할 수 없습니다. 시스템 설정의 개인정보 보호 및 보안, 로컬 네트워크에서 Latchkey를 허용하십시오.',
  },
  nearbyUse: { en: 'Fill In', ko: '입력' },
  nearbyUseNamed: { en: 'Fill in {address}', ko: '{address} 주소 입력' },

  certificateChanged: { en: 'The certificate changed', ko: '인증서가 바뀌었습니다' },
  certificateChangedWhy: {
    en: 'Nothing was sent. If the gateway got a new certificate, read its fingerprint there and type it here. If not, leave it refused or unpair: somebody may be in between.',
    ko: '보낸 것은 없습니다. 게이트웨이의 인증서를 새로 바꾸었다면 그곳에서 지문을 확인해 입력하십시오. 아니라면 거절된 채로 두거나 페어링을 해제하십시오. 누군가 중간에 있을 수 있습니다.',
  },
  certificatePinned: { en: 'Remembered', ko: '기억한 인증서' },
  certificateShown: { en: 'Shown now', ko: '지금 받은 인증서' },
  certificateTyped: {
    en: 'Fingerprint, as the gateway’s computer shows it',
    ko: '게이트웨이 컴퓨터에 표시된 지문',
  },
  certificateTypedWhy: {
    en: 'SHA-256. Not from this window.',
    ko: 'SHA-256. 이 창에 있는 값을 옮겨 적지 마십시오.',
  },
  certificateTypedMissing: { en: 'Type the fingerprint first.', ko: '먼저 지문을 입력하십시오.' },
  certificateAccept: { en: 'Accept This Certificate', ko: '이 인증서 수락' },

  listenerTitle: {
    en: 'Somebody else may be listening at the gateway’s address',
    ko: '게이트웨이 주소에서 다른 프로그램이 기다리고 있을 수 있습니다',
  },
  listenerStranger: {
    en: 'At {address} a program of another user of this Mac listens, with user ID {uid}.',
    ko: '{address} 주소에서 이 Mac의 다른 사용자(ID {uid})의 프로그램이 기다리고 있습니다.',
  },
  listenerUnknown: {
    en: 'Whose program listens at {address} cannot be found out.',
    ko: '{address} 주소에서 기다리는 프로그램이 누구의 것인지 알 수 없습니다.',
  },
  listenerWhy: {
    en: 'Nothing was sent. Connect only if this is your gateway: whoever it is gets the token.',
    ko: '보낸 것은 없습니다. 연결하면 토큰을 넘겨주게 되므로 내 게이트웨이일 때만 연결하십시오.',
  },
  listenerAccept: { en: 'It Is My Gateway', ko: '내 게이트웨이입니다' },

  commandsGrew: { en: 'This version can do more', ko: '이 버전은 더 많은 일을 할 수 있습니다' },
  commandsGrewWhy: {
    en: 'The gateway is not told of these until you agree. It then asks its own people too.',
    ko: '동의하기 전에는 게이트웨이에 알리지 않습니다. 동의한 뒤에는 게이트웨이에서도 승인해야 합니다.',
  },
  commandsOffer: { en: 'Offer Them', ko: '제공' },

  knownGateways: { en: 'Gateways', ko: '게이트웨이' },
  knownGatewaysWhy: {
    en: 'One is used at a time. Each has rules, grants and keys of its own.',
    ko: '한 번에 하나만 사용합니다. 규칙과 허용, 키는 게이트웨이마다 따로 있습니다.',
  },
  gatewayActive: { en: 'in use', ko: '사용 중' },
  gatewayPinned: { en: 'certificate remembered', ko: '인증서 기억함' },
  gatewayUse: { en: 'Use', ko: '사용' },
  gatewayUseNamed: { en: 'Use gateway {address}', ko: '{address} 게이트웨이 사용' },
  gatewayUseQuestion: {
    en: 'Use {gateway} from now on?',
    ko: '이제부터 {gateway} 게이트웨이를 사용하시겠습니까?',
  },
  gatewayUseConsequence: {
    en: 'Running commands are stopped, waiting requests denied, and what is allowed for now ends. The rules of that gateway count then.',
    ko: '실행 중인 명령을 중단하고 대기 중인 요청을 거부하며, 일시 허용을 끝냅니다. 그 게이트웨이의 규칙이 적용됩니다.',
  },
  gatewayRemove: { en: 'Remove…', ko: '삭제…' },
  gatewayRemoveNamed: { en: 'Remove gateway {address}', ko: '{address} 게이트웨이 삭제' },
  gatewayRemoveQuestion: { en: 'Remove {gateway}?', ko: '{gateway} 게이트웨이를 삭제하시겠습니까?' },
  gatewayRemoveConsequence: {
    en: 'The keys for this gateway are deleted from your Keychain. The gateway keeps its own record of this Mac: the command that removes it is shown next.',
    ko: '이 게이트웨이의 키를 키체인에서 삭제합니다. 게이트웨이에는 이 Mac의 기록이 남으며, 지우는 명령은 다음에 표시합니다.',
  },
  gatewayRemoveDo: { en: 'Remove', ko: '삭제' },
  gatewayAdd: { en: 'Add a Gateway…', ko: '게이트웨이 추가…' },
  gatewayMove: { en: 'Change Address…', ko: '주소 변경…' },
  gatewayMoveTo: { en: 'New address of the gateway in use', ko: '사용 중인 게이트웨이의 새 주소' },
  gatewayMoveWhy: {
    en: 'Nothing is paired anew: the key and token that this gateway knows are shown there.',
    ko: '다시 페어링하지 않습니다. 이 게이트웨이가 아는 키와 토큰을 그 주소에 보냅니다.',
  },
  gatewayMoveDo: { en: 'Use This Address', ko: '이 주소 사용' },
} as const;
