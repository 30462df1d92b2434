/** The commands that the gateway's skills use. */
export const skillWords = {
  skillsTitle: { en: 'Commands of skills', ko: '스킬이 쓰는 명령' },
  skillsWanted: {
    en: 'Let the commands that I tick run without asking',
    ko: '선택한 명령은 묻지 않고 실행',
  },
  skillsWhy: {
    en: 'The gateway names these. A ticked one runs unasked while it is this program; any other is asked about as usual.',
    ko: '게이트웨이가 알려 온 명령입니다. 선택한 명령은 이 프로그램인 동안 묻지 않고 실행하며, 나머지는 평소처럼 묻습니다.',
  },
  skillsNone: { en: 'The gateway has named none that is on this Mac.', ko: '이 Mac에 있는 명령이 없습니다.' },
  skillNever: {
    en: 'It can run other programs, so it is always asked about.',
    ko: '다른 프로그램을 실행할 수 있어 항상 묻습니다.',
  },
} as const;
