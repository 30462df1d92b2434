/**
 * Why a request runs, asks or is refused, by main's own code. What asks is a title as well: no full stop, but for the
 * two everyday ones, which stand alone.
 */
export const reasonWords = {
  'why-rule-matches': { en: 'A rule covers all of it', ko: '모든 부분에 규칙이 적용됩니다' },
  'why-granted': { en: 'You allowed exactly this for a time', ko: '일정 시간 동안 허용한 요청입니다' },
  'why-policy-full': {
    en: 'This agent may run everything without asking',
    ko: '이 에이전트는 묻지 않고 모두 실행할 수 있습니다',
  },

  'why-allowlist-miss': {
    en: 'It is not on your list of allowed commands.',
    ko: '허용 목록에 없는 명령입니다.',
  },
  'why-always-ask': {
    en: 'You are asked about every command.',
    ko: '모든 명령을 묻도록 설정되어 있습니다.',
  },
  'why-never-list-prompt': {
    en: 'It is on your list of programs that always ask',
    ko: '항상 묻는 프로그램 목록에 있습니다',
  },
  'why-policy-file-bad': {
    en: 'The policy file cannot be read, so everything asks',
    ko: '정책 파일을 읽을 수 없어 모두 묻습니다',
  },
  'why-own-files': {
    en: 'It can reach files of Latchkey itself',
    ko: 'Latchkey 자체의 파일에 닿을 수 있습니다',
  },
  'why-changed-since-allowed': {
    en: 'Something changed since you allowed it',
    ko: '허용한 뒤 바뀐 것이 있습니다',
  },
  'why-rule-too-wide': {
    en: 'Your rule for it would have to say which arguments',
    ko: '규칙에 인수를 정해야 이 명령에 적용됩니다',
  },
  'why-program-could-change': {
    en: 'An earlier command could replace a program, so no rule covers it',
    ko: '앞선 명령이 프로그램을 바꿀 수 있어 규칙이 적용되지 않습니다',
  },
  'why-unknown-parts': { en: 'Parts are computed when it runs', ko: '일부는 실행할 때 정해집니다' },
  'why-shell-behind-wrapper': {
    en: 'A shell behind another command is never covered by a rule',
    ko: '다른 명령 뒤의 셸에는 규칙이 적용되지 않습니다',
  },
  'why-startup-files': {
    en: 'It reads start-up files first, so no rule covers it',
    ko: '시작 파일을 먼저 읽으므로 규칙이 적용되지 않습니다',
  },
  'why-environment-wrapper': {
    en: 'It sets variables for another command, so no rule covers it',
    ko: '다른 명령의 변수를 설정하므로 규칙이 적용되지 않습니다',
  },
  'why-environment-override': {
    en: 'The request sets variables for it, so no rule covers it',
    ko: '요청이 환경 변수를 설정하므로 규칙이 적용되지 않습니다',
  },
  'why-pattern-too-slow': {
    en: 'A rule for it is off: its pattern takes too long',
    ko: '패턴 확인이 너무 오래 걸려 규칙 하나가 꺼져 있습니다',
  },
  'why-launcher-not-trusted': {
    en: 'It starts other programs and other users could replace it, so no rule covers it',
    ko: '다른 프로그램을 실행하며 다른 사용자가 바꿀 수 있으므로 규칙이 적용되지 않습니다',
  },
  'why-carrier': {
    en: 'It could run or change other things with these arguments',
    ko: '이 인수로 다른 명령을 실행하거나 다른 것을 바꿀 수 있습니다',
  },
  'why-fetched-program': {
    en: 'Its program is fetched or found by another one, so no rule covers it',
    ko: '다른 프로그램이 찾거나 받아 오므로 규칙이 적용되지 않습니다',
  },

  'why-ill-formed-text': {
    en: 'It holds text that no program can be given',
    ko: '프로그램에 전달할 수 없는 텍스트가 들어 있습니다',
  },
  'why-raw-command-mismatch': {
    en: 'The text sent along says something else than the command',
    ko: '함께 온 텍스트가 명령과 다릅니다',
  },
  'why-empty-command': { en: 'It names no program', ko: '프로그램 이름이 없습니다' },
  'why-bad-directory': {
    en: 'Its directory is not there, does not answer, or is not given in full',
    ko: '폴더가 없거나 응답하지 않거나 전체 경로가 아닙니다',
  },
  'why-not-found': { en: 'There is no such program on this Mac', ko: '이 Mac에 그런 프로그램이 없습니다' },
  'why-environment-refused': {
    en: 'It sets a variable that no request may set',
    ko: '요청이 설정할 수 없는 환경 변수를 설정합니다',
  },
  'why-own-program': { en: 'It would run Latchkey itself', ko: 'Latchkey 자체를 실행하려고 합니다' },
  'why-never-list': { en: 'It is on the list of what never runs', ko: '실행 금지 목록에 있습니다' },
  'why-not-bindable': {
    en: 'A file that it runs cannot be held to what it is now',
    ko: '실행할 파일을 지금 상태로 고정할 수 없습니다',
  },
  'why-internal-error': { en: 'Latchkey could not judge it', ko: '요청을 판단하지 못했습니다' },

  'why-security-deny': {
    en: 'This agent may run nothing',
    ko: '이 에이전트는 아무것도 실행할 수 없습니다',
  },
  'why-ask-off': {
    en: 'No rule covers it, and this agent does not ask',
    ko: '규칙이 없고 이 에이전트는 묻지 않도록 설정되어 있습니다',
  },

  'why-opaque-text': {
    en: 'This shell text cannot be taken apart',
    ko: '이 셸 텍스트는 부분으로 나눌 수 없습니다',
  },
  'why-too-deep': { en: 'It hides behind too many other commands', ko: '감싸는 명령이 너무 많습니다' },
  'why-computed-name': {
    en: 'Which program runs is computed',
    ko: '실행할 프로그램이 실행할 때 정해집니다',
  },
  'why-evaluated-text': {
    en: 'It runs text that is put together or read elsewhere',
    ko: '조합하거나 다른 곳에서 읽은 텍스트를 실행합니다',
  },
  'why-assignment-refused': {
    en: 'It sets a variable that no command may set',
    ko: '명령이 설정할 수 없는 변수를 설정합니다',
  },
  'why-inside-shell-parts': {
    en: 'It runs code, and the shell changes or feeds something around it',
    ko: '코드를 실행하며 셸이 그 주변을 바꾸거나 입력합니다',
  },
  'why-after-directory-change': {
    en: 'It depends on the directory, which is changed before it',
    ko: '앞에서 바뀌는 폴더에 따라 달라집니다',
  },
  'why-after-shell-change': {
    en: 'It runs code after the shell was changed',
    ko: '셸 설정이 바뀐 뒤 코드를 실행합니다',
  },
  'why-after-other-program': {
    en: 'Another command of the same text could replace the file that it runs',
    ko: '같은 텍스트의 다른 명령이 실행할 파일을 바꿀 수 있습니다',
  },
  'why-no-file-operand': {
    en: 'It is not given exactly one file to run',
    ko: '실행할 파일이 하나로 정해지지 않았습니다',
  },
  'why-runtime-option': {
    en: 'It is given an option that loads or runs something else',
    ko: '다른 것을 불러오거나 실행하는 옵션이 있습니다',
  },
  'why-redirecting-settings': {
    en: 'Files of the project could make it run something else',
    ko: '프로젝트에 있는 파일 때문에 다른 것이 실행될 수 있습니다',
  },
  'why-several-operands': { en: 'It is given several files to run', ko: '실행할 파일이 여러 개입니다' },
  'why-script-name': { en: 'It is given a name that is not a file', ko: '파일이 아닌 이름이 주어졌습니다' },
  'why-standard-input': {
    en: 'It would read its commands from standard input',
    ko: '표준 입력에서 명령을 읽으려고 합니다',
  },
  'why-task-runner': {
    en: 'It runs what a file of the project says',
    ko: '프로젝트 파일에 적힌 것을 실행합니다',
  },
  'why-secret-in-code': {
    en: 'A secret stands where code does, and hiding it could hide what runs',
    ko: '코드 자리에 비밀 값이 있어 숨기면 실행될 내용도 숨길 수 있습니다',
  },
  'why-script-under-carrier': {
    en: 'It would start a script or an interpreter of its own',
    ko: '스크립트나 인터프리터를 따로 실행하려고 합니다',
  },
} as const;
