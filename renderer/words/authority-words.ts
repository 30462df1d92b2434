/** Whose yes counts: the setting, the operator connection, and what a prompt says of other places. */
export const authorityWords = {
  endedElsewhere: { en: 'Answered elsewhere', ko: '다른 곳에서 응답했습니다' },
  endedElsewhereWhy: {
    en: 'Somebody answered this on another surface of the gateway.',
    ko: '게이트웨이의 다른 화면에서 이 요청에 응답했습니다.',
  },
} as const;
