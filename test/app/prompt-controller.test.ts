import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PromptController } from '../../main/app/prompt-controller.ts';
import type { PromptBoard } from '../../main/ipc/prompt-view.ts';
import type { Answer, AnswerResult, CloseReason, Prompt } from '../../main/prompt/prompt.ts';
import type { Token, Warning } from '../../main/request/assessment.ts';
import { exampleAssessment, examplePrompt, exampleSnapshot } from './examples.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A controller on a core of literals, which takes the prompts away that are answered, as the real one does. */
function setUp(
  prove: () => Promise<boolean> = () => Promise.resolve(true),
  later: Promise<readonly Warning[]> = Promise.resolve([]),
) {
  let prompts: readonly Prompt[] = [];
  const answers: Answer[] = [];
  const boards: PromptBoard[] = [];
  const copied: string[] = [];
  const unseen: string[] = [];
  let visible = false;

  const change = (next: readonly Prompt[]) => {
    prompts = next;
    controller.update(exampleSnapshot({ prompts }));
  };
  const close = (reason: CloseReason) => {
    const [first, ...rest] = prompts;
    if (first) controller.closed(first, { kind: 'closed', reason });
    change(rest);
  };
  const answer = (given: Answer): AnswerResult => {
    const prompt = prompts.find(({ id }) => id === given.id);
    if (prompt === undefined) return 'unknown-prompt';
    if (prompt.digest !== given.digest) return 'wrong-digest';
    if (!prompt.choices.includes(given.decision)) return 'not-offered';
    answers.push(given);
    controller.closed(
      prompt,
      given.decision === 'deny'
        ? { kind: 'decided', choice: 'deny', reason: null }
        : { kind: 'decided', choice: given.decision },
    );
    change(prompts.filter(({ id }) => id !== given.id));
    return 'accepted';
  };
  const controller = new PromptController({
    core: { answer, answers: { isPressing: () => false, denyAll: () => undefined } },
    clocks: { steady: () => performance.now(), wall: () => Date.now() },
    proof: { needed: () => true, given: prove },
    language: 'en',
    copy: (text) => Promise.resolve(void copied.push(text)),
    unseen: ({ id }) => void unseen.push(id),
    later: () => later,
    surface: {
      show: () => (visible = true),
      hide: () => (visible = false),
      fit: () => undefined,
      tell: (board) => boards.push(board),
    },
  });
  const { handlers } = controller;
  const ref = ({ id, digest }: Prompt) => ({ id, digest });
  return {
    controller,
    handlers,
    answers,
    boards,
    copied,
    unseen,
    change,
    close,
    ref,
    isVisible: () => visible,
    shown: () => boards.at(-1)?.prompt?.id ?? null,
    decide: (prompt: Prompt, decision: Answer['decision']) => handlers.decide({ ...ref(prompt), decision }),
    /** In front of the person, read, and long enough. */
    arm: async (prompt: Prompt) => {
      controller.focus(true);
      await handlers.read(ref(prompt));
      vi.advanceTimersByTime(3000);
    },
  };
}

const first = examplePrompt({ id: 'first' });
const second = examplePrompt({ id: 'second', digest: 'e'.repeat(64) });

describe('questions', () => {
  it('are shown one at a time, the oldest first, with a count of the others', () => {
    const { change, boards, shown } = setUp();
    change([first]);
    change([first, second]);
    expect(shown()).toBe('first');
    expect(boards.at(-1)?.waiting).toBe(1);
  });

  it('of a burst tell the window a few times, not once each, and at last how many wait', () => {
    const { change, boards, shown } = setUp();
    const many = Array.from({ length: 1000 }, (_, n) =>
      examplePrompt({ id: `q${n}`, digest: String(n).padStart(64, '0') }),
    );
    many.forEach((_, n) => change(many.slice(0, n + 1)));
    expect(boards.length).toBeLessThan(5);
    vi.advanceTimersByTime(1000);
    expect(boards.length).toBeLessThan(8);
    expect(boards.at(-1)?.waiting).toBe(999);
    expect(shown()).toBe('q0');
  });

  it('follow each other, and the window goes with the last', async () => {
    const { change, decide, shown, answers, isVisible } = setUp();
    change([first, second]);
    await decide(first, 'deny');
    expect(shown()).toBe('second');
    await decide(second, 'deny');
    expect(shown()).toBeNull();
    expect(isVisible()).toBe(false);
    expect(answers.map(({ id }) => id)).toEqual(['first', 'second']);
  });
});

describe('an Allow', () => {
  it('counts for what was in front of the person long enough, and read', async () => {
    const { change, arm, decide, answers } = setUp();
    change([first]);
    await arm(first);
    expect(await decide(first, 'allow-once')).toEqual({ ok: true, value: undefined });
    expect(answers).toEqual([{ id: 'first', digest: first.digest, decision: 'allow-once' }]);
  });

  it.each<[string, (app: ReturnType<typeof setUp>) => void | Promise<void>]>([
    [
      'before its time',
      async ({ controller, handlers, ref }) => {
        controller.focus(true);
        await handlers.read(ref(first));
        vi.advanceTimersByTime(999);
      },
    ],
    [
      'without focus',
      async ({ handlers, ref }) => {
        await handlers.read(ref(first));
        vi.advanceTimersByTime(60_000);
      },
    ],
    [
      'unread',
      ({ controller }) => {
        controller.focus(true);
        vi.advanceTimersByTime(60_000);
      },
    ],
    [
      'right after focus came back',
      async ({ controller, arm }) => {
        await arm(first);
        controller.focus(false);
        controller.focus(true);
      },
    ],
  ])('%s does not count', async (_when, prepare) => {
    const app = setUp();
    app.change([first]);
    await prepare(app);
    expect(await app.decide(first, 'allow-once')).toMatchObject({ ok: false, code: 'not-armed' });
    expect(app.answers).toEqual([]);
  });

  it('meant for one question cannot answer the next', async () => {
    const { change, arm, decide, answers } = setUp();
    change([first, second]);
    await arm(first);
    await decide(first, 'deny');
    expect(await decide(second, 'allow-once')).toMatchObject({ ok: false, code: 'not-armed' });
    expect(await decide(first, 'allow-once')).toMatchObject({ ok: false, code: 'unknown-prompt' });
    expect(answers).toHaveLength(1);
  });

  it('of a question that waits behind cannot be given', async () => {
    const { change, arm, decide, answers } = setUp();
    change([first, second]);
    await arm(first);
    expect(await decide(second, 'allow-once')).toMatchObject({ ok: false, code: 'unknown-prompt' });
    expect(answers).toEqual([]);
  });

  it('with another digest than the one shown does not count', async () => {
    const { change, arm, decide, answers } = setUp();
    change([first]);
    await arm(first);
    expect(await decide({ ...first, digest: 'f'.repeat(64) }, 'allow-once')).toMatchObject({
      code: 'wrong-digest',
    });
    expect(answers).toEqual([]);
  });

  it('that was not offered does not count', async () => {
    const { change, arm, decide } = setUp();
    change([first]);
    await arm(first);
    expect(await decide(first, 'allow-always')).toMatchObject({ code: 'not-offered' });
    await arm(first);
    expect(await decide(first, 'allow-always-any')).toMatchObject({ code: 'not-offered' });
  });

  it('waits three seconds with a high warning', async () => {
    const { change, controller, handlers, ref, decide } = setUp();
    const grave = examplePrompt({
      assessment: exampleAssessment({ warnings: [{ code: 'own-files', text: '' }] }),
    });
    change([grave]);
    controller.focus(true);
    await handlers.read(ref(grave));
    vi.advanceTimersByTime(2999);
    expect(await decide(grave, 'allow-once')).toMatchObject({ code: 'not-armed' });
    vi.advanceTimersByTime(1);
    expect(await decide(grave, 'allow-once')).toMatchObject({ ok: true });
  });

  it('tells the window when it starts to count', async () => {
    const { change, arm, boards } = setUp();
    change([first]);
    await arm(first);
    expect(boards.at(-1)?.arming).toEqual({ state: 'armed' });
  });
});

describe('proof of the person', () => {
  it('that is not given means that nothing is allowed, and it can be tried again', async () => {
    const given = [false, true];
    const { change, arm, decide, answers } = setUp(() => Promise.resolve(given.shift() ?? false));
    change([first]);
    await arm(first);
    expect(await decide(first, 'allow-once')).toMatchObject({ ok: false, code: 'not-proven' });
    expect(answers).toEqual([]);
    expect(await decide(first, 'allow-once')).toMatchObject({ ok: true });
  });

  it('is asked for once at a time, and Deny works meanwhile', async () => {
    let give: (proven: boolean) => void = () => undefined;
    const { change, arm, decide, answers, boards } = setUp(() => new Promise((resolve) => (give = resolve)));
    change([first]);
    await arm(first);
    const allowing = decide(first, 'allow-once');
    expect(boards.at(-1)?.arming).toEqual({ state: 'proving' });
    expect(await decide(first, 'allow-once')).toMatchObject({ code: 'not-armed' });
    expect(await decide(first, 'deny')).toMatchObject({ ok: true });
    give(true);
    expect(await allowing).toMatchObject({ ok: false, code: 'unknown-prompt' });
    expect(answers.map(({ decision }) => decision)).toEqual(['deny']);
  });

  it('that comes late cannot allow the next question', async () => {
    let give: (proven: boolean) => void = () => undefined;
    const { change, close, arm, decide, answers, shown } = setUp(
      () => new Promise((resolve) => (give = resolve)),
    );
    change([first, second]);
    await arm(first);
    const allowing = decide(first, 'allow-once');
    close('cancelled');
    expect(shown()).toBe('second');
    give(true);
    expect(await allowing).toMatchObject({ ok: false });
    expect(answers).toEqual([]);
  });
});

describe('a window that is closed, crashed or hangs', () => {
  it('denies what it shows, and only that', () => {
    const { change, controller, answers, shown } = setUp();
    change([first, second]);
    controller.windowLost();
    expect(answers).toEqual([{ id: 'first', digest: first.digest, decision: 'deny' }]);
    expect(shown()).toBe('second');
  });

  it('with nothing in it denies nothing', () => {
    const { controller, answers } = setUp();
    controller.windowLost();
    expect(answers).toEqual([]);
  });
});

describe('a question that ends without this window', () => {
  it.each(['expired', 'cancelled', 'connection-lost'] as const)(
    'by %s stays, says so, and can be put away',
    async (reason) => {
      const { change, close, boards, isVisible, handlers, ref, answers } = setUp();
      change([first]);
      close(reason);
      expect(boards.at(-1)).toMatchObject({ ended: reason, prompt: { id: 'first' } });
      expect(isVisible()).toBe(true);
      await handlers.dismiss(ref(first));
      expect(isVisible()).toBe(false);
      expect(boards.at(-1)).toMatchObject({ ended: null, prompt: null });
      expect(answers).toEqual([]);
    },
  );

  it.each(['paused', 'locked', 'sleep', 'unpaired', 'quit', 'surface-gone', 'too-many'] as const)(
    'by %s goes at once',
    (reason) => {
      const { change, close, isVisible } = setUp();
      change([first]);
      close(reason);
      expect(isVisible()).toBe(false);
    },
  );

  it('cannot be allowed any more, and nobody is asked for a finger', async () => {
    let asked = 0;
    const { change, close, arm, decide, answers } = setUp(() => {
      asked += 1;
      return Promise.resolve(true);
    });
    change([first]);
    await arm(first);
    close('expired');
    expect(await decide(first, 'allow-once')).toMatchObject({ ok: false, code: 'unknown-prompt' });
    expect({ answers, asked }).toEqual({ answers: [], asked: 0 });
  });

  it('gives way to the next', () => {
    const { change, close, shown, boards } = setUp();
    change([first, second]);
    close('expired');
    expect(shown()).toBe('second');
    expect(boards.at(-1)?.ended).toBeNull();
  });
});

it('Copy copies what would run, whole', async () => {
  const { change, handlers, ref, copied } = setUp();
  const argv = ['/bin/sh', '-c', 'TOKEN=sk-1234567890abcdefghij ./x'];
  const { binding } = exampleAssessment();
  const secret = examplePrompt({ assessment: exampleAssessment({ binding: { ...binding, argv } }) });
  change([secret]);
  await handlers.copyCommand(ref(secret));
  expect(copied).toEqual(["/bin/sh -c 'TOKEN=sk-1234567890abcdefghij ./x'"]);
});

it('every board is newer than the one before', async () => {
  const { change, arm, decide, boards } = setUp();
  change([first, second]);
  await arm(first);
  await decide(first, 'deny');
  const revisions = boards.map(({ revision }) => revision);
  expect(revisions).toEqual([...new Set(revisions)].toSorted((a, b) => a - b));
});

describe('a secret', () => {
  const TOKEN = 'ghp_abcdefghijklmnopqrst';
  const tokens: Token[] = [
    { text: 'curl', role: 'program' },
    { text: TOKEN, role: 'argument' },
  ];
  const asked = examplePrompt({
    assessment: exampleAssessment({
      parts: [{ kind: 'command', operator: null, executable: null, tokens }],
    }),
  });

  it('is in no board, and comes for the one who presses its mask', async () => {
    const { handlers, change, boards, ref } = setUp();
    change([asked]);
    expect(JSON.stringify(boards)).not.toContain(TOKEN);
    expect(await handlers.revealSecret({ ...ref(asked), secret: 0 })).toEqual({
      ok: true,
      value: [{ text: TOKEN, kind: 'plain' }],
    });
    expect(JSON.stringify(boards)).not.toContain(TOKEN);
  });

  it('that moves the words makes Allow arm again', async () => {
    const { handlers, change, arm, boards, ref, decide, answers } = setUp();
    change([asked]);
    await arm(asked);
    await handlers.revealSecret({ ...ref(asked), secret: 0 });
    expect(boards.at(-1)?.arming.state).toBe('arming');
    await decide(asked, 'allow-once');
    expect(answers).toEqual([]);
  });

  it.each([
    ['of another number', 1, {}],
    ['of another digest', 0, { digest: 'f'.repeat(64) }],
    ['of another question', 0, { id: 'other' }],
  ])('%s is not to be had', async (_which, secret, wrong) => {
    const { handlers, change, ref } = setUp();
    change([asked]);
    expect((await handlers.revealSecret({ ...ref(asked), ...wrong, secret })).ok).toBe(false);
  });

  it('is forgotten with its question', async () => {
    const { handlers, change, ref } = setUp();
    change([asked]);
    change([second]);
    expect((await handlers.revealSecret({ ...ref(second), secret: 0 })).ok).toBe(false);
  });
});

describe('identical questions', () => {
  const twin = examplePrompt({ id: 'twin' });

  it('share one place with a count, and others are counted by themselves', () => {
    const { change, boards, shown } = setUp();
    change([first, twin, second]);
    expect(shown()).toBe('first');
    expect(boards.at(-1)).toMatchObject({ same: 2, waiting: 1 });
  });

  it('can be read in the list of what else waits only as others, in one line, with secrets masked', async () => {
    const { change, handlers } = setUp();
    const argv = ['/bin/sh', '-c', 'TOKEN=sk-1234567890abcdefghij ./x\nrm y'];
    const { binding } = exampleAssessment();
    const other = { ...second, assessment: exampleAssessment({ binding: { ...binding, argv } }) };
    change([first, twin, other, { ...other, id: 'third' }]);
    const answer = await handlers.waiting(undefined);
    const { questions, unlisted } = answer.ok ? answer.value : { questions: [], unlisted: -1 };
    expect(unlisted).toBe(0);
    expect(questions).toMatchObject([{ same: 2, goesOn: true }]);
    const line = questions[0]?.line.map(({ text }) => text).join('') ?? '';
    expect(line).toContain('./x');
    expect(line).not.toContain('567890abcdef');
    expect(line).not.toContain('rm y');
  });
});

describe('what was allowed and then did not run', () => {
  it('is shown as stopped, with the file that changed, until it is put away', async () => {
    const { change, arm, decide, controller, boards, isVisible, handlers, ref } = setUp();
    change([first]);
    await arm(first);
    await decide(first, 'allow-once');
    expect(isVisible()).toBe(false);
    controller.stopped({ digest: first.digest, changed: '/Users/me/src/deploy\u202e.sh' });
    expect(isVisible()).toBe(true);
    expect(boards.at(-1)).toMatchObject({ ended: 'changed', prompt: { id: 'first' } });
    expect(boards.at(-1)?.changedFile?.map(({ kind }) => kind)).toEqual(['plain', 'escape', 'plain']);
    await handlers.dismiss(ref(first));
    expect(isVisible()).toBe(false);
  });

  it('waits until no question is shown', async () => {
    const { change, arm, decide, controller, boards, shown } = setUp();
    change([first, second]);
    await arm(first);
    await decide(first, 'allow-once');
    controller.stopped({ digest: first.digest, changed: null });
    expect(boards.at(-1)).toMatchObject({ ended: null, prompt: { id: 'second' } });
    await decide(second, 'deny');
    expect(shown()).toBe('first');
    expect(boards.at(-1)?.ended).toBe('changed');
  });

  it('is nothing to tell of where the person did not allow it', () => {
    const { controller, isVisible } = setUp();
    controller.stopped({ digest: first.digest, changed: null });
    expect(isVisible()).toBe(false);
  });
});
describe('what becomes known while a question is shown', () => {
  const unsigned = [{ code: 'not-signed', text: '' }];
  const settled = () => vi.advanceTimersByTimeAsync(0);

  it('is shown as another edition, which has to be read and looked at anew', async () => {
    let found: (warnings: readonly Warning[]) => void = () => undefined;
    const later = new Promise<readonly Warning[]>((resolve) => (found = resolve));
    const { change, arm, boards, decide, answers } = setUp(undefined, later);
    change([first]);
    await arm(first);
    expect(boards.at(-1)?.arming.state).toBe('armed');
    found(unsigned);
    await settled();
    const { prompt, arming } = boards.at(-1) ?? {};
    expect([prompt?.edition, prompt?.warnings.map(({ code }) => code)]).toEqual([1, ['not-signed']]);
    expect(arming?.state).toBe('arming');
    await decide(first, 'allow-once');
    expect(answers).toEqual([]);
    vi.advanceTimersByTime(3000);
    expect(boards.at(-1)?.arming.state).toBe('unread');
  });

  it('that comes while the finger is asked for is not allowed unread', async () => {
    let found: (warnings: readonly Warning[]) => void = () => undefined;
    const later = new Promise<readonly Warning[]>((resolve) => (found = resolve));
    let give: (proven: boolean) => void = () => undefined;
    const { change, arm, decide, answers } = setUp(() => new Promise((resolve) => (give = resolve)), later);
    change([first]);
    await arm(first);
    const allowing = decide(first, 'allow-once');
    found(unsigned);
    await settled();
    give(true);
    expect(await allowing).toMatchObject({ ok: false, code: 'not-armed' });
    expect(answers).toEqual([]);
  });

  it('of a question that is gone is nothing', async () => {
    const { change, boards } = setUp(undefined, Promise.resolve(unsigned));
    change([first]);
    change([second]);
    await settled();
    expect(boards.filter(({ prompt }) => prompt?.id === 'first' && prompt.edition > 0)).toEqual([]);
  });
});

it('a question that comes up in front of the person is not told of elsewhere', () => {
  const { change, controller, unseen } = setUp();
  change([first]);
  expect(unseen).toEqual(['first']);
  controller.focus(true);
  change([second]);
  expect(unseen).toEqual(['first']);
});
