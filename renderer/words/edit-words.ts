/** Edits of the policy that somebody else wants, and those that can be undone. */
export const editWords = {
  editFromGateway: {
    en: '{gateway} wants to change your policy',
    ko: '{gateway} 게이트웨이가 정책을 변경하려고 합니다',
  },
  editFromFile: {
    en: 'The file {file} was changed outside Latchkey',
    ko: '{file} 파일이 Latchkey 밖에서 변경되었습니다',
  },
  editWhy: {
    en: 'Nothing of it counts until you decide. Tick only what you want; the rest is refused.',
    ko: '결정할 때까지 적용되지 않습니다. 원하는 것만 선택하십시오. 나머지는 거절합니다.',
  },
  editFileWhy: {
    en: 'What made it stricter counts already. Tick only what else you want; the rest is taken out again. If you did not change it yourself, refuse.',
    ko: '더 엄격하게 하는 내용은 이미 적용했습니다. 그 밖에 원하는 것만 선택하십시오. 나머지는 되돌립니다. 직접 바꾸지 않았다면 거절하십시오.',
  },
  editUndoing: {
    en: 'Undo what {gateway} did?',
    ko: '{gateway} 게이트웨이가 바꾼 것을 되돌릴까요?',
  },
  editUndoingWhy: {
    en: 'The policy was changed since, so undoing this would allow more than was allowed before. Tick only what you want.',
    ko: '그 뒤에 정책이 바뀌어, 되돌리면 전보다 더 많이 허용하게 됩니다. 원하는 것만 선택하십시오.',
  },
  editUnreadable: {
    en: 'The last good content still counts, and can be put back.',
    ko: '마지막으로 확인된 내용을 계속 적용하며, 되돌려 놓을 수 있습니다.',
  },
  editExpires: {
    en: 'Refused at {time} unless you answer.',
    ko: '응답하지 않으면 {time}에 거절합니다.',
  },
  editMore: { en: '{count} more after this one.', ko: '이다음에 {count}건이 더 있습니다.' },
  editChanges: { en: 'Changes', ko: '변경 내용' },
  editRefuse: { en: 'Refuse All', ko: '모두 거절' },
  editPutBack: { en: 'Put It Back', ko: '되돌려 놓기' },
  editApply: { en: 'Apply What Is Ticked', ko: '선택한 것 적용' },
  editNotYet: {
    en: 'Can be applied in a moment: read it first.',
    ko: '먼저 읽으십시오. 잠시 뒤 적용할 수 있습니다.',
  },
  editUnfocused: {
    en: 'Click in this window to be able to apply it.',
    ko: '적용하려면 이 창을 클릭하십시오.',
  },
  editTickFirst: { en: 'Tick what you want first.', ko: '먼저 원하는 것을 선택하십시오.' },
  editLoosens: { en: 'allows more', ko: '더 허용' },
  editTightens: { en: 'stricter', ko: '더 엄격' },
  wholePolicyFile: { en: 'the whole file', ko: '파일 전체' },
  theDefaults: {
    en: 'the defaults (who has no setting of its own)',
    ko: '기본값(따로 정하지 않은 에이전트)',
  },
  everyAgentEntry: { en: 'all agents (the entry *)', ko: '모든 에이전트(* 항목)' },
  everyAgent: { en: 'all agents', ko: '모든 에이전트' },
  changeRuleAdded: {
    en: 'For {agent}: runs {program} without asking',
    ko: '{agent}: {program} 프로그램을 묻지 않고 실행',
  },
  changeRuleAddedArguments: {
    en: 'For {agent}: runs {program} without asking, with arguments that match {pattern}',
    ko: '{agent}: 인자가 {pattern} 패턴과 일치하면 {program} 프로그램을 묻지 않고 실행',
  },
  changeRuleRemoved: {
    en: 'For {agent}: no more rule for {program}',
    ko: '{agent}: {program} 규칙 삭제',
  },
  changeSetting: {
    en: 'For {agent}: {field} from {before} to {after}',
    ko: '{agent}: {field} 값을 {before}에서 {after}(으)로',
  },
  changeNever: {
    en: 'For {agent}: {program} from {before} to {after}',
    ko: '{agent}: {program} 프로그램을 {before}에서 {after}(으)로',
  },
  changeHashForgotten: {
    en: 'Forgets what {path} was when you allowed it: any content would run',
    ko: '허용할 때의 {path} 내용을 잊음: 어떤 내용이든 실행됨',
  },
  changeHashReplaced: {
    en: 'Takes another content of {path} for the one that you allowed',
    ko: '허용한 것과 다른 {path} 내용을 허용한 것으로 봄',
  },
  changeHashRemembered: { en: 'Remembers what {path} is now', ko: '지금의 {path} 내용을 기억함' },
  changeNote: {
    en: 'The note {field} from {before} to {after}',
    ko: '메모 {field}: {before}에서 {after}(으)로',
  },
  notSet: { en: 'not set', ko: '설정 없음' },
  neverDeny: { en: '“never runs”', ko: '“실행하지 않음”' },
  neverPrompt: { en: '“always asks”', ko: '“항상 물음”' },
  neverNone: { en: '“as the rules say”', ko: '“규칙대로”' },

  undoTitle: { en: 'Made stricter by the gateway', ko: '게이트웨이가 더 엄격하게 바꾼 것' },
  undoWhy: {
    en: 'You can undo each of these for 30 days.',
    ko: '30일 동안 되돌릴 수 있습니다.',
  },
  undoBy: { en: 'by {gateway}, {time}', ko: '{gateway} 게이트웨이, {time}' },
  undo: { en: 'Undo', ko: '되돌리기' },
  undoNumber: { en: 'Undo change {number}', ko: '변경 {number} 되돌리기' },
} as const;
