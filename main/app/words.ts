import type { Language } from '../ipc/values.ts';
import { policyEditWords } from './policy-edit-words.ts';
import { stopWords } from './stop-words.ts';

/** The words outside the windows: menu bar, notices, questions of the system. The windows have their own catalogue. */
const en = {
  status: {
    unpaired: 'Not paired with a gateway',
    attention: 'Latchkey needs you',
    paused: 'Paused: everything is denied',
    'awaiting-approval': 'Waits to be approved on the gateway',
    connecting: (gateway: string) => `Connecting to ${gateway}…`,
    offline: (gateway: string) => `No connection to ${gateway}`,
    connected: (gateway: string) => `Connected to ${gateway}`,
  },
  stop: stopWords.en,
  commandsNotApproved: 'Its commands still have to be approved there',
  policyDegraded: 'The policy file cannot be read: everything asks',
  running: (count: number) => (count === 1 ? '1 command runs' : `${count} commands run`),
  waiting: (count: number) => `${count} waiting for you`,
  wantsToRun: (agent: string, programs: string) => `${agent} wants to run ${programs}`,
  anAgent: 'An agent',
  aProgram: 'a program',
  gravely: (count: number) => (count === 1 ? '1 high warning' : `${count} high warnings`),
  deniedAt: (time: string) => `denied at ${time} unless you answer`,
  ...policyEditWords.en,
  allowedForNow: (count: number) =>
    count === 1 ? '1 command allowed for now' : `${count} commands allowed for now`,
  allowedForNowMeans: 'to see or revoke in the settings',
  quietFor: (agent: string, time: string) => `Ask again for ${agent}, paused until ${time}`,
  quietForSeveral: (count: number) => `Ask again for all ${count} that are paused`,
  quietMeans: 'what it asks is denied',
  waitsUntil: (time: string) => `Click to read it. Denied at ${time} unless you answer.`,
  pause: 'Pause',
  pauseMeans: 'denies everything without asking',
  resume: 'Resume',
  settings: 'Settings…',
  pair: 'Pair with a Gateway…',
  unpair: (gateway: string) => `Unpair from ${gateway}…`,
  quit: 'Quit Latchkey',
  quitMeans: 'while it is closed, nothing can run',
  gateway: 'the gateway',
  unpairQuestion: (gateway: string) => `Unpair from ${gateway}?`,
  unpairDetail: 'Commands that run are ended and what waits is denied. This Mac forgets the gateway.',
  unpairDo: 'Unpair',
  cancel: 'Cancel',
  unpaired: 'This Mac has forgotten the gateway',
  unpairedDetail: (command: string) => `To make the gateway forget this Mac too, run there:\n\n${command}`,
  copy: 'Copy Command',
  done: 'Done',
  broken: 'Latchkey has stopped after an error',
  brokenDetail: 'Nothing can run. Quit and open it again.',
  notice: (gateway: string) => `Message from ${gateway}`,
  /** After "Latchkey is trying to". */
  touchReasons: {
    usual: 'allow a command',
    grave: 'allow a command with a high warning',
    setting: 'ask for Touch ID less often',
    trust: 'let approvals from elsewhere count',
    loosen: 'loosen a setting',
    policy: 'change your policy so that it allows more',
  },
};

type Words = typeof en;

const ko: Words = {
  status: {
    unpaired: '게이트웨이와 연결되어 있지 않음',
    attention: '확인이 필요합니다',
    paused: '일시 정지됨: 모두 거부합니다',
    'awaiting-approval': '게이트웨이에서 승인을 기다리는 중',
    connecting: (gateway) => `${gateway} 게이트웨이에 연결하는 중…`,
    offline: (gateway) => `${gateway} 게이트웨이와 연결이 끊김`,
    connected: (gateway) => `${gateway} 게이트웨이에 연결됨`,
  },
  stop: stopWords.ko,
  commandsNotApproved: '게이트웨이에서 명령을 아직 승인해야 합니다',
  policyDegraded: '정책 파일을 읽을 수 없어 모두 물어봅니다',
  running: (count) => `명령 ${count}개 실행 중`,
  waiting: (count) => `${count}건이 응답을 기다립니다`,
  wantsToRun: (agent, programs) => `${agent} 에이전트가 ${programs} 실행을 요청합니다`,
  anAgent: '어떤',
  aProgram: '프로그램',
  gravely: (count) => `높은 경고 ${count}건`,
  deniedAt: (time) => `응답하지 않으면 ${time}에 거부됩니다`,
  ...policyEditWords.ko,
  allowedForNow: (count) => `지금 명령 ${count}개 허용됨`,
  allowedForNowMeans: '설정에서 확인하거나 취소할 수 있습니다',
  quietFor: (agent, time) => `${agent} 에이전트 다시 묻기, ${time}까지 일시 정지됨`,
  quietForSeveral: (count) => `일시 정지된 ${count}건 모두 다시 묻기`,
  quietMeans: '요청을 거부하고 있습니다',
  waitsUntil: (time) => `클릭하여 확인하십시오. 응답하지 않으면 ${time}에 거부됩니다.`,
  pause: '일시 정지',
  pauseMeans: '묻지 않고 모두 거부합니다',
  resume: '다시 시작',
  settings: '설정…',
  pair: '게이트웨이와 연결…',
  unpair: (gateway) => `${gateway} 게이트웨이 연결 해제…`,
  quit: 'Latchkey 종료',
  quitMeans: '종료되어 있는 동안에는 아무것도 실행되지 않습니다',
  gateway: '이',
  unpairQuestion: (gateway) => `${gateway} 게이트웨이와 연결을 해제하시겠습니까?`,
  unpairDetail: '실행 중인 명령은 종료되고 기다리는 요청은 거부됩니다. 이 Mac은 게이트웨이를 잊습니다.',
  unpairDo: '연결 해제',
  cancel: '취소',
  unpaired: '이 Mac이 게이트웨이를 잊었습니다',
  unpairedDetail: (command) => `게이트웨이에서도 이 Mac을 지우려면 그곳에서 실행하십시오:\n\n${command}`,
  copy: '명령 복사',
  done: '완료',
  broken: '오류가 발생해 Latchkey가 멈췄습니다',
  brokenDetail: '아무것도 실행되지 않습니다. 종료한 뒤 다시 여십시오.',
  notice: (gateway) => `${gateway} 게이트웨이의 메시지`,
  touchReasons: {
    usual: '명령을 허용',
    grave: '높은 경고가 있는 명령을 허용',
    setting: 'Touch ID를 덜 요청하도록 변경',
    trust: '다른 곳의 승인을 인정하도록 변경',
    loosen: '설정을 느슨하게 변경',
    policy: '더 많이 허용하도록 정책을 변경',
  },
};

export type { Words };
export const wordsFor = (language: Language): Words => ({ en, ko })[language];

/** The first of the person's languages that we speak. */
export const languageOf = (preferred: readonly string[]): Language =>
  preferred.map((tag) => tag.split('-')[0]).find((tag) => tag === 'ko' || tag === 'en') === 'ko'
    ? 'ko'
    : 'en';

/**
 * A name where no plate tells it from our words: in typographic quotes, and only if it is short and plain. Anything
 * else could read as a sentence of ours.
 */
export const quoteName = (name: string | null, instead: string): string =>
  name !== null && /^[\w.-]{1,24}$/.test(name) ? `“${name}”` : instead;
