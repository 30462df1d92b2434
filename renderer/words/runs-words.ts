/** How commands run and how this Mac connects. */
export const runsWords = {
  displayName: { en: 'Name of this Mac on the gateway', ko: '게이트웨이에 표시할 이 Mac의 이름' },
  displayNameWhy: { en: 'Empty: the computer’s own name.', ko: '비워 두면 컴퓨터 이름을 씁니다.' },
  nextStart: { en: 'Counts from the next start of Latchkey.', ko: 'Latchkey를 다시 시작하면 적용됩니다.' },
  runsPath: {
    en: 'Folders where programs are looked for, one a line',
    ko: '프로그램을 찾는 폴더, 한 줄에 하나',
  },
  runsPathWhy: {
    en: 'From top to bottom, each from the root on. The environment of your shell is not read.',
    ko: '위에서부터 찾으며, 모두 /로 시작합니다. 셸의 환경은 읽지 않습니다.',
  },
  looseFolders: {
    en: 'Other users of this Mac can put programs into {folders}.',
    ko: '이 Mac의 다른 사용자가 {folders}에 프로그램을 넣을 수 있습니다.',
  },
  saveRuns: { en: 'Save', ko: '저장' },
  usualPath: { en: 'Use the Usual Ones', ko: '기본값 사용' },
  pathQuestion: { en: 'Look for programs there?', ko: '이 폴더에서 프로그램을 찾으시겠습니까?' },
  pathConsequence: {
    en: 'The same command can then run another program. Rules name programs by their whole place and go on to count.',
    ko: '같은 명령이 다른 프로그램을 실행할 수 있습니다. 규칙은 프로그램의 전체 경로를 가리키므로 그대로 적용됩니다.',
  },
  pathDo: { en: 'Use These Folders', ko: '이 폴더 사용' },
  runsSaved: { en: 'Saved.', ko: '저장했습니다.' },
  promptTimeout: { en: 'A question waits for', ko: '질문을 기다리는 시간' },
  promptTimeoutWhy: { en: 'Then it is denied.', ko: '지나면 거부합니다.' },
  minutes: { en: '{count} minutes', ko: '{count}분' },
  oneMinute: { en: '1 minute', ko: '1분' },
  seconds: { en: '{count} seconds', ko: '{count}초' },
  onDisconnect: { en: 'When the connection is lost, commands end', ko: '연결이 끊기면 명령을' },
  endAfterMinute: { en: 'after a minute', ko: '1분 뒤에 종료' },
  endAtOnce: { en: 'at once', ko: '바로 종료' },
  passSshAgent: { en: 'Let commands use your SSH keys', ko: '명령이 SSH 키를 쓰도록 허용' },
  passSshAgentWhy: {
    en: 'Hands them your SSH agent. Off: a command cannot sign in with a key that it cannot read.',
    ko: 'SSH 에이전트를 넘겨줍니다. 끄면 읽을 수 없는 키로는 로그인하지 못합니다.',
  },
  passSshAgentQuestion: {
    en: 'Let every command use your SSH keys?',
    ko: '모든 명령이 SSH 키를 쓰도록 하시겠습니까?',
  },
  passSshAgentConsequence: {
    en: 'Every command that runs, also by a rule, could sign in as you to every server that your SSH agent has a key for, without asking. The keys themselves stay where they are.',
    ko: '규칙으로 실행되는 것까지 모든 명령이 SSH 에이전트에 키가 있는 모든 서버에 묻지 않고 사용자로 로그인할 수 있습니다. 키 자체는 그대로 있습니다.',
  },
  passSshAgentDo: { en: 'Let Them', ko: '허용' },
  allowPlaintext: {
    en: 'Connect to other computers without encryption',
    ko: '다른 컴퓨터에 암호화 없이 연결 허용',
  },
  allowPlaintextWhy: {
    en: 'Off: ws:// goes to this Mac only, anything else needs wss://.',
    ko: '끄면 ws://는 이 Mac으로만 연결하고, 나머지는 wss://가 필요합니다.',
  },
  allowPlaintextQuestion: { en: 'Connect without encryption?', ko: '암호화 없이 연결하시겠습니까?' },
  allowPlaintextConsequence: {
    en: 'Everybody on the way could read the token and every command and its output, and send commands of their own.',
    ko: '중간에 있는 누구나 토큰과 모든 명령, 출력을 읽고 자기 명령을 보낼 수 있습니다.',
  },
  allowPlaintextDo: { en: 'Allow It', ko: '허용' },
  failedBadSetting: {
    en: 'Nothing was changed: this value cannot be used. Every folder begins with a slash, and a name is short and on one line.',
    ko: '바뀐 것은 없습니다. 쓸 수 없는 값입니다. 폴더는 모두 /로 시작하고, 이름은 짧은 한 줄이어야 합니다.',
  },
} as const;
