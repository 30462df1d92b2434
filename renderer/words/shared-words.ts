/** Said in every window. */
export const sharedWords = {
  close: { en: 'Close', ko: '닫기' },
  cancel: { en: 'Cancel', ko: '취소' },
  copy: { en: 'Copy', ko: '복사' },
  copied: { en: 'Copied', ko: '복사됨' },
  notCopied: {
    en: 'It could not be copied. Select it and press Command-C.',
    ko: '복사하지 못했습니다. 선택한 뒤 Command-C를 누르십시오.',
  },
  show: { en: 'Show', ko: '보기' },
  hide: { en: 'Hide', ko: '숨기기' },
  high: { en: 'High', ko: '높음' },
  caution: { en: 'Caution', ko: '주의' },
  note: { en: 'Note', ko: '참고' },
  /** What the program itself says, folded away where another language is read. */
  mainSays: { en: 'Details', ko: '자세한 내용(영어)' },
  refused: {
    en: 'Latchkey did not take that. Close this window, open it again and try once more.',
    ko: '요청이 받아들여지지 않았습니다. 이 창을 닫았다가 다시 열고 시도하십시오.',
  },
  failed: {
    en: 'Latchkey could not do that. The reason is in its log.',
    ko: '처리하지 못했습니다. 이유는 Latchkey 로그에 있습니다.',
  },
  failedPairing: {
    en: 'Pairing did not work. Get a new setup code from the gateway and try again.',
    ko: '연결하지 못했습니다. 게이트웨이에서 설정 코드를 새로 받아 다시 시도하십시오.',
  },
  failedPolicyChanged: {
    en: 'The policy was changed meanwhile. Look at it again.',
    ko: '그사이 정책이 바뀌었습니다. 다시 확인하십시오.',
  },
  failedPolicyRefused: {
    en: 'The policy could not be changed. Repair or remove its file, then try again.',
    ko: '정책을 바꾸지 못했습니다. 정책 파일을 고치거나 지운 뒤 다시 시도하십시오.',
  },
  failedNotAvailable: { en: 'This is not possible now.', ko: '지금은 할 수 없습니다.' },
  failedNotProven: {
    en: 'Nothing was changed: it was not confirmed that this is you.',
    ko: '바뀐 것은 없습니다. 본인 확인이 되지 않았습니다.',
  },
  any: { en: 'anything', ko: '무엇이든' },
  anyName: { en: 'any name', ko: '아무 이름' },
  anyCharacter: { en: 'any character', ko: '아무 문자' },

  hiddenCharacter: { en: 'hidden character, {name}, {code}', ko: '숨은 문자, {name}, {code}' },
  unnamedCharacter: { en: 'hidden or special character {code}', ko: '숨은 문자 또는 특수 문자 {code}' },
  oddLetter: { en: 'look-alike letter {letter}, {code}', ko: '닮은 글자 {letter}, {code}' },
  spaces: { en: '{count} spaces', ko: '공백 {count}개' },
  tabs: { en: '{count} tabs', ko: '탭 {count}개' },
  tab: { en: 'tab', ko: '탭' },
  hiddenSecret: { en: 'hidden secret', ko: '숨긴 비밀 값' },
  pressToShow: { en: 'hidden secret, press to show it', ko: '숨긴 비밀 값, 누르면 보입니다' },

  charNull: { en: 'null', ko: '널' },
  charTab: { en: 'tab', ko: '탭' },
  charLineFeed: { en: 'line feed', ko: '줄 바꿈' },
  charReturn: { en: 'carriage return', ko: '캐리지 리턴' },
  charEscape: { en: 'escape', ko: '이스케이프' },
  charNoBreakSpace: { en: 'no-break space', ko: '줄 바꿈 없는 공백' },
  charSoftHyphen: { en: 'soft hyphen', ko: '소프트 하이픈' },
  charZeroWidth: { en: 'zero-width character', ko: '폭 없는 문자' },
  charDirection: { en: 'text direction mark', ko: '글자 방향 표시' },
  charOverride: { en: 'text direction override', ko: '글자 방향 강제 변경' },
  charLineSeparator: { en: 'line separator', ko: '줄 구분자' },
  charFiller: { en: 'blank filler', ko: '채움 문자' },
  charCheckMark: { en: 'check mark', ko: '체크 표시' },
} as const;
