import type { PromptView } from '../../main/ipc/prompt-view.ts';
import { h } from '../shared/dom.ts';
import type { Voice } from '../shared/voice.ts';
import { commandPlate } from './command-plate.ts';
import { details, facts } from './facts.ts';
import { files } from './files.ts';
import { unusual } from './unusual.ts';

/** What is asked, top to bottom: the command, what is unusual about it, its files, the facts, and what unfolds. */
export interface Question {
  readonly root: HTMLElement;
  /** The rows of the command, in order. */
  readonly rows: readonly HTMLElement[];
  readonly unusual: HTMLElement;
  /** The same in one line, for as long as the block itself is out of sight. */
  readonly pin: HTMLElement | null;
  readonly details: HTMLElement;
}

export function question(prompt: PromptView, voice: Voice): Question {
  const odd = unusual(prompt, voice);
  const command = commandPlate(prompt, voice);
  const folded = details(prompt, voice);
  return {
    root: h(
      'div',
      { class: 'stack' },
      command,
      odd.root,
      files(prompt.operands, voice),
      facts(prompt, voice),
      folded,
    ),
    rows: [...command.querySelectorAll<HTMLElement>('.seg')],
    unusual: odd.root,
    pin: odd.pin,
    details: folded,
  };
}
