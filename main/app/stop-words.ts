import type { Finding } from '../unpair/proof.ts';

type State = Finding['state'];

/** The words of stopping, outside the windows. */
export const stopWords = {
  en: {
    pauseAndEnd: (count: number) =>
      count === 1 ? 'Pause and End 1 Command' : `Pause and End ${count} Commands`,
    contain: 'Stop Everything and Disconnect',
    containMeans: 'after an incident; shows what ran and what to do',
    incident: 'Incident…',
    contained: 'Contained: nothing runs, nothing is connected',
    notKept: 'Stopped only until Latchkey is restarted',
    notKeptBody:
      'It could not be written down. Make room on the disk or unlock the Keychain, then choose Incident, or resume and pause again.',
    states: { gone: 'none left', left: 'still there', unknown: 'could not be looked at' } as Record<
      State,
      string
    >,
    findings: {
      processes: 'Processes',
      connections: 'Connections',
      prompts: 'Open questions',
      secret: 'Key and token',
      record: 'Remembered gateway',
      mark: 'Ways back in',
      grants: 'Permissions for a while',
      approvals: 'Approvals that were not used yet',
      'operator-connection': 'Operator connection',
      'allowed-files': 'Copies of files that were allowed',
    } as Record<string, string>,
    proofLimit:
      'A command that hid itself on purpose, or copied something elsewhere, cannot be seen from here.',
  },
  ko: {
    pauseAndEnd: (count: number) => `일시 정지하고 명령 ${count}개 종료`,
    contain: '모두 중단하고 연결 끊기',
    containMeans: '사고가 났을 때. 실행된 것과 할 일을 보여 줍니다',
    incident: '사고 대응…',
    contained: '격리됨: 실행과 연결이 모두 중단됨',
    notKept: 'Latchkey를 다시 시작하면 중단이 풀립니다',
    notKeptBody:
      '기록하지 못했습니다. 디스크 공간을 확보하거나 키체인을 잠금 해제한 뒤, 사고 대응을 열거나 재개하고 다시 일시 정지하십시오.',
    states: { gone: '남은 것 없음', left: '남아 있음', unknown: '확인하지 못함' } as Record<State, string>,
    findings: {
      processes: '프로세스',
      connections: '연결',
      prompts: '열린 질문',
      secret: '키와 토큰',
      record: '기억한 게이트웨이',
      mark: '다시 들어올 길',
      grants: '한동안의 허용',
      approvals: '아직 쓰지 않은 승인',
      'operator-connection': '운영자 연결',
      'allowed-files': '허용했던 파일의 사본',
    } as Record<string, string>,
    proofLimit: '일부러 숨은 명령이나 다른 곳으로 복사된 것은 여기서 확인할 수 없습니다.',
  },
};

export type StopWords = (typeof stopWords)['en'];

/** What was looked for after unpairing, a line each. */
export const proofLines = (proof: readonly Finding[], words: StopWords): string =>
  [
    ...proof.map(({ what, state }) => `${words.findings[what] ?? what}: ${words.states[state]}`),
    '',
    words.proofLimit,
  ].join('\n');
