/** What is unusual about a request: what happens, then one line about it. */
export const warningWords = {
  hiddenCharacters: {
    en: 'Hidden characters change how this reads',
    ko: '숨은 문자가 있어 실제와 다르게 보입니다',
  },
  hiddenCharactersWhy: { en: 'Solid boxes mark them.', ko: '채워진 상자로 표시했습니다.' },
  mixedScripts: { en: 'One word mixes two alphabets', ko: '한 단어에 두 가지 문자가 섞여 있습니다' },
  mixedScriptsWhy: {
    en: 'The marked letters look like others, so this may be another name or address.',
    ko: '표시된 글자는 다른 글자와 닮아서 다른 이름이나 주소일 수 있습니다.',
  },
  notAllKnown: {
    en: 'Latchkey cannot show everything this runs',
    ko: '실행될 내용을 모두 표시할 수 없습니다',
  },
  computedWhy: {
    en: 'Dashes mark them. Latchkey cannot show what they will be.',
    ko: '점선으로 표시했습니다. 무엇이 될지는 표시할 수 없습니다.',
  },
  textWhy: {
    en: 'A part is too unusual to take apart. It is shown whole, as it would run.',
    ko: '일부는 부분으로 나눌 수 없어 실행될 원문을 그대로 표시합니다.',
  },
  noticed: { en: 'Latchkey noticed this', ko: '확인이 필요한 점' },
  downloadToInterpreter: { en: 'Downloads something and runs it', ko: '내려받은 것을 실행합니다' },
  downloadToInterpreterWhy: {
    en: 'What it will run cannot be seen beforehand.',
    ko: '무엇이 실행될지 미리 볼 수 없습니다.',
  },
  outsideDelete: {
    en: 'Deletes or overwrites outside this folder',
    ko: '이 폴더 밖의 파일을 삭제하거나 덮어씁니다',
  },
  sendsFiles: { en: 'Uploads files to another computer', ko: '다른 컴퓨터로 파일을 업로드합니다' },
  startupFiles: {
    en: 'Touches what starts by itself, or keys',
    ko: '자동으로 실행되는 것이나 키를 건드립니다',
  },
  startupFilesWhy: {
    en: 'It names shell start-up files, LaunchAgents, SSH or Keychain files.',
    ko: '셸 시작 파일, LaunchAgents, SSH 또는 키체인 파일이 들어 있습니다.',
  },
  ownFiles: { en: 'Touches Latchkey itself', ko: 'Latchkey 자체의 파일을 건드립니다' },
  runsAsRoot: { en: 'Asks for administrator rights', ko: '관리자 권한을 요청합니다' },
  runsAsRootWhy: {
    en: 'With them it can change everything on this Mac.',
    ko: '이 권한으로 Mac의 모든 것을 바꿀 수 있습니다.',
  },
  drivesApps: { en: 'Controls other apps', ko: '다른 앱을 조작합니다' },
  drivesAppsWhy: { en: 'What those do is not checked.', ko: '그 앱이 하는 일은 확인하지 않습니다.' },
  sharedOperand: {
    en: 'Other users can change a file it runs',
    ko: '다른 사용자가 바꿀 수 있는 파일을 실행합니다',
  },
  sharedOperandWhy: {
    en: 'Latchkey refuses if that happens before it runs.',
    ko: '실행 전에 바뀌면 실행하지 않습니다.',
  },
  earlierCode: { en: 'Runs several files, one after the other', ko: '여러 파일을 차례로 실행합니다' },
  earlierCodeWhy: {
    en: 'An earlier one could change those that run after it.',
    ko: '먼저 실행되는 파일이 뒤의 파일을 바꿀 수 있습니다.',
  },
  notSigned: {
    en: 'Runs a program without a valid signature',
    ko: '유효한 서명이 없는 프로그램을 실행합니다',
  },
  notSignedWhy: {
    en: 'macOS cannot tell who made it, or whether it was changed.',
    ko: '누가 만들었는지, 바뀌었는지 macOS가 알 수 없습니다.',
  },
} as const;
