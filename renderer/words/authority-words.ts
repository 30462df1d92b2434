/** Whose yes counts: the setting, the operator connection, and what a prompt says of other places. */
export const authorityWords = {
  endedElsewhere: { en: 'Answered elsewhere', ko: '다른 곳에서 응답했습니다' },
  endedElsewhereWhy: {
    en: 'Somebody answered this on another surface of the gateway.',
    ko: '게이트웨이의 다른 화면에서 이 요청에 응답했습니다.',
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
} as const;
