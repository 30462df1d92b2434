import { button, keys } from './button.ts';
import { type Child, h } from './dom.ts';
import type { Voice } from './voice.ts';

interface Question {
  readonly title: Child;
  /** What happens then. */
  readonly consequence: Child;
  readonly yes: string;
  readonly no: string;
}

/** Asks before something that cannot be taken back. No has the focus and answers Escape and Return. */
export function confirmed({ title, consequence, yes, no }: Question, voice: Voice): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (answer: boolean) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const keep = button({ class: 'btn lg default', autofocus: true }, () => end(false), no, keys('esc'));
    const dialog = h(
      'dialog',
      {
        role: 'alertdialog',
        'aria-labelledby': 'question',
        'aria-describedby': 'consequence',
        lang: voice.language,
      },
      h('h2', { id: 'question' }, title),
      h('p', { id: 'consequence' }, consequence),
      h(
        'div',
        { class: 'choices' },
        button({ class: 'btn lg' }, () => end(true), yes),
        keep,
      ),
    );
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      end(false);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
