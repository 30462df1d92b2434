/** What the menu bar and notices say about edits of the policy that somebody else wants. */
export const policyEditWords = {
  en: {
    policyEdits: 'A change of your policy waits for you…',
    policyEditsMean: 'nothing of it counts until you decide',
    editFromGateway: 'The gateway wants to change your policy',
    editFromFile: 'Your policy was changed outside Latchkey',
    editWaits: 'What it would allow does not count until you decide. Open Settings to look at it.',
    tightened: 'The gateway made your policy stricter',
    tightenedDetail: 'You can undo it in Settings for 30 days.',
  },
  ko: {
    policyEdits: '정책 변경이 결정을 기다립니다…',
    policyEditsMean: '결정할 때까지 적용되지 않습니다',
    editFromGateway: '게이트웨이가 정책을 변경하려고 합니다',
    editFromFile: '정책이 Latchkey 밖에서 변경되었습니다',
    editWaits: '더 허용하는 내용은 결정할 때까지 적용되지 않습니다. 설정에서 확인하십시오.',
    tightened: '게이트웨이가 정책을 더 엄격하게 바꾸었습니다',
    tightenedDetail: '30일 동안 설정에서 되돌릴 수 있습니다.',
  },
};
