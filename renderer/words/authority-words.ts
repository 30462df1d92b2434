/** Whose yes counts: the setting, the operator connection, and what a prompt says of other places. */
export const authorityWords = {
  endedElsewhere: { en: 'Answered elsewhere', ko: '다른 곳에서 응답했습니다' },
  endedElsewhereWhy: {
    en: 'Somebody answered this on another surface of the gateway.',
    ko: '게이트웨이의 다른 화면에서 이 요청에 응답했습니다.',
  },
  wantsElsewhere: {
    en: 'Agent {agent} on {gateway} wants to run this on another computer',
    ko: '{gateway} 게이트웨이의 {agent} 에이전트가 다른 컴퓨터에서 실행하려는 명령입니다',
  },
  unnamedWantsElsewhere: {
    en: 'An agent on {gateway} wants to run this on another computer',
    ko: '{gateway} 게이트웨이의 에이전트가 다른 컴퓨터에서 실행하려는 명령입니다',
  },
  runsElsewhere: {
    en: 'Runs on another computer, which cannot be checked from here',
    ko: '여기서 확인할 수 없는 다른 컴퓨터에서 실행됩니다',
  },
  claimedByOperator: {
    en: 'The gateway says that somebody allowed this elsewhere',
    ko: '다른 곳에서 누군가 허용했다고 게이트웨이가 알렸습니다',
  },
  claimedByModel: {
    en: 'The gateway says that a model allowed this',
    ko: '모델이 허용했다고 게이트웨이가 알렸습니다',
  },
  claimedByNobody: {
    en: 'The gateway let this through because nobody answered',
    ko: '응답한 사람이 없어 게이트웨이가 통과시켰습니다',
  },
  claimWhy: {
    en: 'That does not count on this Mac. You decide.',
    ko: '이 Mac에서는 인정되지 않습니다. 직접 결정하십시오.',
  },

  whoseYes: { en: 'Approvals count when given', ko: '인정하는 승인' },
  whoseYesHere: { en: 'on this Mac', ko: '이 Mac의 승인만' },
  whoseYesAnywhere: {
    en: 'on this Mac or on the gateway',
    ko: '게이트웨이의 승인도',
  },
  whoseYesHereWhy: {
    en: 'What was approved in a chat or on the gateway’s pages is asked about here all the same.',
    ko: '채팅이나 게이트웨이 화면에서 승인한 명령도 여기에서 다시 묻습니다.',
  },
  whoseYesAnywhereWhy: {
    en: 'What was approved elsewhere runs on this Mac without a question. Whoever takes the gateway over can approve as well. What your rules deny stays denied.',
    ko: '다른 곳에서 승인한 명령은 이 Mac에서 묻지 않고 실행됩니다. 게이트웨이를 장악한 사람도 승인할 수 있습니다. 규칙으로 거부한 명령은 계속 거부합니다.',
  },
  whoseYesFixed: {
    en: 'The command line that Latchkey was started with decides this.',
    ko: 'Latchkey를 시작한 명령줄에서 정했습니다.',
  },
  whoseYesQuestion: {
    en: 'Let commands run without asking you?',
    ko: '묻지 않고 명령을 실행하도록 하시겠습니까?',
  },
  whoseYesConsequence: {
    en: 'A command that is approved in a chat or on the gateway’s pages then runs here at once, and you do not see it before. Latchkey cannot tell a person’s approval from one that was made up by whoever controls the gateway.',
    ko: '채팅이나 게이트웨이 화면에서 승인한 명령을 미리 보지 못한 채 이 Mac에서 바로 실행합니다. 사람의 승인인지, 게이트웨이를 장악한 누군가가 꾸민 승인인지 Latchkey는 구별할 수 없습니다.',
  },
  whoseYesDo: { en: 'Let Them Count', ko: '인정' },

  operatorTitle: { en: 'Operator connection', ko: '운영자 연결' },
  operatorWhy: {
    en: 'The gateway asks for some approvals before it sends a command. With this second connection they are shown here, and your answer goes back.',
    ko: '게이트웨이가 명령을 보내기 전에 승인을 요청하기도 합니다. 이 두 번째 연결을 켜면 그 요청을 여기에 표시하고 응답을 돌려보냅니다.',
  },
  operatorOffer: {
    en: 'This Mac can also answer what the gateway wants approved before it sends a command.',
    ko: '게이트웨이가 명령을 보내기 전에 요청하는 승인에도 이 Mac에서 응답할 수 있습니다.',
  },
  operatorOfferOpen: { en: 'Open Settings', ko: '설정 열기' },
  operatorOff: { en: 'Off', ko: '꺼짐' },
  operatorConnecting: { en: 'Connecting', ko: '연결하는 중' },
  operatorWaits: { en: 'Waits to be approved on the gateway', ko: '게이트웨이에서 승인을 기다리는 중' },
  operatorConnected: { en: 'Connected', ko: '연결됨' },
  operatorOffline: { en: 'No connection', ko: '연결되지 않음' },
  operatorAttention: { en: 'Does not work', ko: '동작하지 않음' },
  operatorOn: { en: 'Switch On…', ko: '켜기…' },
  operatorOnAgain: { en: 'Switch On Again…', ko: '다시 켜기…' },
  operatorOnDo: { en: 'Switch On', ko: '켜기' },
  operatorSwitchOff: { en: 'Switch Off', ko: '끄기' },
  operatorCodeWhy: {
    en: 'A new one: run {command} on the gateway’s computer. It is used once and not kept.',
    ko: '새 코드가 필요합니다. 게이트웨이 컴퓨터에서 {command} 명령을 실행하십시오. 한 번만 쓰이고 보관되지 않습니다.',
  },
  operatorTokenWhy: {
    en: 'The gateway’s token. It is used once and not kept.',
    ko: '게이트웨이의 토큰입니다. 한 번만 쓰이고 보관되지 않습니다.',
  },
  otherHosts: { en: 'Also show commands for other computers', ko: '다른 컴퓨터의 명령도 표시' },
  otherHostsWhy: {
    en: 'Latchkey cannot check what runs there. Only what the gateway sends to this Mac is shown.',
    ko: 'Latchkey는 그곳에서 실행되는 명령을 확인할 수 없습니다. 게이트웨이가 이 Mac에 보내는 요청만 표시합니다.',
  },
} as const;
