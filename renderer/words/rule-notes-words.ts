/** Rules that do not count now, and programs that never run. */
export const ruleNotesWords = {
  ruleMadeByPerson: { en: 'Added by you, {time}', ko: '직접 추가, {time}' },
  ruleMadeByGateway: { en: 'From the gateway, {time}', ko: '게이트웨이 요청, {time}' },
  ruleMadeByFile: { en: 'From a changed file, {time}', ko: '파일 변경, {time}' },
  ruleOffExamples: {
    en: 'Off: it does not do what its examples say.',
    ko: '꺼짐: 예시와 다르게 작동합니다.',
  },
  ruleOffPattern: {
    en: 'Off: its argument pattern is not valid.',
    ko: '꺼짐: 인자 패턴이 올바르지 않습니다.',
  },
  ruleFileChanged: {
    en: '{path} changed since you allowed it. The rule does not count for it.',
    ko: '허용한 뒤 {path} 파일이 변경되어 규칙을 적용하지 않습니다.',
  },
  ruleFileGone: {
    en: '{path} cannot be read now. The rule does not count for it.',
    ko: '지금 {path} 파일을 읽을 수 없어 규칙을 적용하지 않습니다.',
  },
  ruleRenew: { en: 'Allow It as It Is Now', ko: '지금 내용으로 허용' },

  neverTitle: { en: 'Never without you', ko: '묻지 않고는 실행하지 않는 것' },
  neverWhy: {
    en: 'By the program’s name, wherever it is and whatever runs it. This comes before every rule.',
    ko: '위치나 실행 방법과 관계없이 프로그램 이름으로 적용합니다. 모든 규칙보다 우선합니다.',
  },
  neverEmpty: { en: 'Nothing is on this list.', ko: '목록이 비어 있습니다.' },
  neverName: { en: 'Name of the program', ko: '프로그램 이름' },
  neverNameMissing: { en: 'Type the program’s name first.', ko: '먼저 프로그램 이름을 입력하십시오.' },
  neverEffect: { en: 'What happens', ko: '동작' },
  neverRuns: { en: 'never runs', ko: '실행하지 않음' },
  neverAsks: { en: 'always asks', ko: '항상 물음' },
  neverFor: { en: '{program}, for {agent}', ko: '{program} ({agent} 대상)' },
  neverRemove: { en: 'Remove number {number} from the list', ko: '{number}번을 목록에서 삭제' },
  neverRemoveQuestion: { en: 'Take it off this list?', ko: '목록에서 삭제하시겠습니까?' },
  neverRemoveConsequence: {
    en: 'From then on only the rules decide about it.',
    ko: '이제부터 규칙에 따라서만 결정합니다.',
  },
} as const;
