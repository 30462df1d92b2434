/** Pairing. A failure says what to do next. */
export const pairingWords = {
  pairingTitle: { en: 'Pair with a Gateway', ko: '게이트웨이와 페어링' },
  progress: { en: 'Steps', ko: '단계' },
  stepDone: { en: 'done', ko: '완료' },

  enterTitle: { en: 'Say which gateway', ko: '게이트웨이 지정' },
  enterCodeWhy: {
    en: 'Run {command} on the gateway’s computer and paste what it prints.',
    ko: '게이트웨이 컴퓨터에서 {command} 명령을 실행하고 나온 내용을 붙여 넣으십시오.',
  },
  enterAddressWhy: {
    en: 'The address and the token are in the gateway’s settings.',
    ko: '주소와 토큰은 게이트웨이 설정에 있습니다.',
  },
  bySetupCode: { en: 'Setup Code', ko: '설정 코드' },
  byAddress: { en: 'Address and Token', ko: '주소와 토큰' },
  howToEnter: { en: 'How to say it', ko: '입력 방법' },
  setupCode: { en: 'Setup code', ko: '설정 코드' },
  setupCodeMissing: { en: 'Paste the setup code first.', ko: '먼저 설정 코드를 붙여 넣으십시오.' },
  address: { en: 'Address', ko: '주소' },
  addressMissing: { en: 'Type the gateway’s address first.', ko: '먼저 게이트웨이 주소를 입력하십시오.' },
  token: { en: 'Token', ko: '토큰' },
  tokenMissing: { en: 'Type or paste the token first.', ko: '먼저 토큰을 입력하거나 붙여 넣으십시오.' },
  fingerprint: { en: 'Certificate fingerprint (optional)', ko: '인증서 지문 (선택)' },
  fingerprintWhy: {
    en: 'SHA-256. With it, no other certificate is accepted.',
    ko: 'SHA-256. 입력하면 다른 인증서는 받아들이지 않습니다.',
  },
  pair: { en: 'Pair', ko: '페어링' },
  tryAgain: { en: 'Try Again', ko: '다시 시도' },
  codeNotKept: {
    en: 'A setup code is used once and not kept.',
    ko: '설정 코드는 한 번만 쓰이고 보관되지 않습니다.',
  },
  tokenKept: { en: 'The token is kept in your Keychain.', ko: '토큰은 키체인에 보관됩니다.' },

  failedTitle: { en: 'This did not work', ko: '페어링하지 못했습니다' },
  failedWhy: {
    en: 'Check that the gateway runs and can be reached from this Mac, then try again.',
    ko: '게이트웨이가 실행 중이고 이 Mac에서 연결할 수 있는지 확인한 뒤 다시 시도하십시오.',
  },
  connectingTitle: { en: 'Connecting', ko: '연결하는 중' },
  connectingWhy: { en: 'This takes a few seconds.', ko: '몇 초 걸립니다.' },
  reached: { en: 'Gateway reached', ko: '게이트웨이에 연결됨' },
  gatewayPlain: {
    en: 'Gateway {name} at {address}, not encrypted.',
    ko: '{address} 주소의 {name} 게이트웨이, 암호화되지 않음.',
  },
  gatewayEncrypted: {
    en: 'Gateway {name} at {address}, encrypted.',
    ko: '{address} 주소의 {name} 게이트웨이, 암호화됨.',
  },

  approveDevice: { en: 'Approve this Mac on the gateway', ko: '게이트웨이에서 이 Mac 승인' },
  approveDeviceWhy: {
    en: 'Somebody at the gateway confirms that this is your Mac.',
    ko: '게이트웨이에서 이 Mac이 맞는지 확인합니다.',
  },
  deviceApproved: { en: 'This Mac is approved', ko: '이 Mac이 승인됨' },
  approveCommands: { en: 'Approve its commands', ko: '명령 사용 승인' },
  commandsApproved: { en: 'Its commands are approved', ko: '명령 사용이 승인됨' },
  approveCommandsWhy: {
    en: 'The gateway lets this Mac run commands only after a second approval.',
    ko: '두 번째 승인을 받아야 게이트웨이가 이 Mac에 명령을 보냅니다.',
  },
  runThere: {
    en: 'Run this in a terminal, on the computer that runs {gateway}:',
    ko: '{gateway} 게이트웨이가 실행되는 컴퓨터의 터미널에서 실행하십시오:',
  },
  runThereUnnamed: {
    en: 'Run this in a terminal, on the gateway’s computer:',
    ko: '게이트웨이 컴퓨터의 터미널에서 실행하십시오:',
  },
  waitingForApproval: { en: 'Waiting for approval', ko: '승인을 기다리는 중' },
  checkFirst: {
    en: 'To check first, run {command} there. It must show {device} as device {id}. If not, choose Cancel: something else is asking.',
    ko: '먼저 확인하려면 그곳에서 {command} 명령을 실행하십시오. {device} 기기의 ID가 {id} 값이어야 합니다. 아니면 다른 기기의 요청이므로 취소하십시오.',
  },
  commandReplaced: {
    en: 'The command changed. Use this one.',
    ko: '명령이 바뀌었습니다. 이 명령을 사용하십시오.',
  },

  connected: { en: 'Connected', ko: '연결됨' },
  connectedWhy: {
    en: 'Agents can ask to run commands. Nothing runs until you answer.',
    ko: '에이전트가 명령 실행을 요청할 수 있습니다. 응답하기 전에는 실행되지 않습니다.',
  },
  connectedLater: {
    en: 'Agents can then ask to run commands. Nothing runs until you answer.',
    ko: '이제 에이전트가 명령 실행을 요청할 수 있게 됩니다. 응답하기 전에는 실행되지 않습니다.',
  },
  done: { en: 'Done', ko: '완료' },
} as const;
