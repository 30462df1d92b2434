/** What a yes or a no can say beyond its one question, and what is in force because of it. */
export const answersWords = {
  for15m: { en: 'Allow for 15 minutes', ko: '15분 동안 허용' },
  for1h: { en: 'Allow for 1 hour', ko: '1시간 동안 허용' },
  forSession: { en: 'Allow for this session', ko: '이 세션 동안 허용' },
  short1h: { en: '1 hour', ko: '1시간' },
  shortSession: { en: 'this session', ko: '이 세션' },
  forAWhile: { en: 'Allow for a while.', ko: '당분간 허용.' },
  coversUntil: {
    en: 'Exactly this, in this folder, by {agent}, until {time}.',
    ko: '{agent} 에이전트만, 같은 명령과 폴더, {time}까지.',
  },
  coversUntilUnnamed: {
    en: 'Exactly this, in this folder, until {time}.',
    ko: '같은 명령과 폴더, {time}까지.',
  },
  coversSession: {
    en: 'Exactly this, in this folder, by {agent}, while the connection lasts, at most until {time}.',
    ko: '{agent} 에이전트만, 같은 명령과 폴더, 연결이 유지되는 동안, 늦어도 {time}까지.',
  },
  coversSessionUnnamed: {
    en: 'Exactly this, in this folder, while the connection lasts, at most until {time}.',
    ko: '같은 명령과 폴더, 연결이 유지되는 동안, 늦어도 {time}까지.',
  },
  longerNotOffered: {
    en: 'Longer is not offered: it has a high warning.',
    ko: '높음 경고가 있으므로 더 길게는 선택할 수 없습니다.',
  },
  notOfferedOnce: {
    en: 'Not offered: this is asked about each time.',
    ko: '매번 확인하는 요청이므로 선택할 수 없습니다.',
  },
  notOfferedHidden: {
    en: 'Not offered: it contains hidden characters.',
    ko: '숨은 문자가 있으므로 선택할 수 없습니다.',
  },
  notOfferedSecret: {
    en: 'Not offered: it uses secrets, or files that hold some.',
    ko: '비밀 값이나 비밀 값이 든 파일을 사용하므로 선택할 수 없습니다.',
  },
  notOfferedUnreadable: {
    en: 'Not offered: a file that it runs cannot be read here.',
    ko: '실행하는 파일을 여기서 읽을 수 없으므로 선택할 수 없습니다.',
  },
  allowFor15m: { en: 'Allow for 15 Minutes', ko: '15분 동안 허용' },
  allowFor1h: { en: 'Allow for 1 Hour', ko: '1시간 동안 허용' },
  allowForSession: { en: 'Allow for This Session', ko: '이 세션 동안 허용' },

  denyWithReason: { en: 'Deny with a Reason…', ko: '이유와 함께 거부…' },
  denyAndPauseSession: { en: 'Deny and Pause This Session', ko: '거부하고 이 세션 일시 정지' },
  denyAndPauseAgent: { en: 'Deny and Pause This Agent', ko: '거부하고 이 에이전트 일시 정지' },
  pauseNote: {
    en: 'What it asks is denied for 15 minutes. What your rules allow still runs.',
    ko: '15분 동안 요청을 거부합니다. 규칙이 허용하는 것은 계속 실행됩니다.',
  },
  reasonTitle: { en: 'Why do you deny this?', ko: '거부하는 이유' },
  reasonLabel: { en: 'Reason', ko: '이유' },
  reasonNote: {
    en: 'The agent reads this, marked as your words. It runs nothing.',
    ko: '에이전트가 사용자의 말로 읽습니다. 실행되는 것은 없습니다.',
  },

  askedTimes: { en: 'asked {count} times', ko: '{count}번 요청됨' },
  sameNote: {
    en: 'Allow Once answers the oldest, Deny all of them.',
    ko: '한 번 허용은 가장 오래된 요청에만, 거부는 모두에 적용됩니다.',
  },
  waitingTitle: { en: 'What else is waiting', ko: '대기 중인 다른 요청' },
  waitingNote: {
    en: 'Each is asked about by itself. Here they can only be denied.',
    ko: '각각 따로 확인합니다. 여기서는 거부만 할 수 있습니다.',
  },
  waitingUnlisted: { en: 'and {count} more', ko: '그 밖에 {count}건' },
  waitingNone: { en: 'Nothing else is waiting now.', ko: '지금은 대기 중인 다른 요청이 없습니다.' },
  goesOn: { en: 'goes on', ko: '이어짐' },
  denyAll: { en: 'Deny All {count}', ko: '{count}건 모두 거부' },
  unnamedAgent: { en: 'an agent without a name', ko: '이름 없는 에이전트' },

  endedChangedFile: {
    en: 'Stopped: {file} changed after you allowed it',
    ko: '허용한 뒤 {file} 파일이 바뀌어 중단했습니다',
  },
  endedQuiet: {
    en: 'Denied: you asked not to be disturbed',
    ko: '방해하지 않도록 설정되어 거부했습니다',
  },

  allowedForNow: { en: 'Allowed for now', ko: '지금 허용됨' },
  grantCountOne: { en: '1 command, it ends by itself', ko: '명령 1개, 저절로 끝납니다' },
  grantCountMany: { en: '{count} commands, they end by themselves', ko: '명령 {count}개, 저절로 끝납니다' },
  grantWhere: { en: 'in {folder}, by {agent}', ko: '{folder} 폴더에서, {agent} 에이전트' },
  grantWhereUnnamed: { en: 'in {folder}', ko: '{folder} 폴더에서' },
  leftUntil: { en: '{left} left, until {time}', ko: '{left} 남음, {time}까지' },
  leftSession: { en: 'this session, at most until {time}', ko: '이 세션 동안, 늦어도 {time}까지' },
  revoke: { en: 'Revoke', ko: '허용 취소' },
  revokeNamed: { en: 'Revoke {command}', ko: '{command} 허용 취소' },
  revokeAll: { en: 'Revoke All', ko: '모두 허용 취소' },
  theCommand: { en: 'this command', ko: '이 명령' },
  pausedForNow: { en: 'Paused for now', ko: '지금 일시 정지됨' },
  pausedForNowNote: { en: 'what they ask is denied', ko: '요청을 거부합니다' },
  pausedAgent: { en: 'Agent {agent}', ko: '{agent} 에이전트' },
  pausedSession: { en: 'Session {session} of {agent}', ko: '{agent} 에이전트의 {session} 세션' },
  endPause: { en: 'Ask Again', ko: '다시 묻기' },
} as const;
