import type { WaitingList } from '../../ipc/waiting-view.ts';
import type { Prompt } from '../../prompt/prompt.ts';
import { shellPayload } from '../../request/command-text.ts';
import { display, displayWhole } from '../../text/display.ts';
import { quoteWords } from '../../text/quote.ts';

/** More are not read one by one. */
const MOST = 50;
const LONGEST_LINE = 240;

/** Questions that show the same share one place. Oldest first. */
export function waitingList(prompts: readonly Prompt[]): WaitingList {
  const places = new Map<string, Prompt[]>();
  for (const prompt of prompts) places.set(prompt.digest, [...(places.get(prompt.digest) ?? []), prompt]);
  const listed = [...places.values()].slice(0, MOST);
  return {
    questions: listed.flatMap(([first, ...others]) =>
      first === undefined ? [] : [{ ...summary(first), same: others.length + 1 }],
    ),
    unlisted: prompts.length - listed.flat().length,
  };
}

function summary({ request, assessment }: Prompt) {
  const { argv } = assessment.binding;
  const text = shellPayload(argv) ?? quoteWords(argv);
  const [whole = ''] = text.split('\n', 1);
  const line = whole.slice(0, LONGEST_LINE);
  return {
    agent: request.agentId === null ? null : displayWhole(request.agentId),
    line: display(line),
    goesOn: line.length < text.length,
  };
}
