import { h, setAttributes, setText } from './dom.ts';

export interface Field {
  readonly root: HTMLElement;
  /** Without blanks around it. */
  readonly value: string;
  readonly invalid: boolean;
  /** The value; if there is none, says what is missing, moves the focus there and gives null. */
  required(missing: string): string | null;
  clear(): void;
  fill(value: string): void;
  onInput(listener: () => void): void;
  focus(): void;
}

let count = 0;

/** A labelled place to type in. What is typed is not corrected, completed or kept by the browser. */
export function field(
  label: string,
  {
    type = 'text',
    rows = 1,
    note = '',
    placeholder = '',
    most = null,
  }: {
    type?: 'text' | 'password';
    rows?: number;
    note?: string;
    placeholder?: string;
    /** As many characters as can be typed. */
    most?: number | null;
  } = {},
): Field {
  count += 1;
  const id = `field-${count}`;
  const plain = {
    id,
    class: 'field',
    placeholder,
    maxlength: most,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': `${id}-note`,
  };
  const input = rows > 1 ? h('textarea', { ...plain, rows }) : h('input', { ...plain, type });
  const below = h('p', { class: 'note-below', id: `${id}-note` }, note);
  const say = (text: string, invalid: boolean) => {
    setText(below, text);
    below.classList.toggle('wrong', invalid);
    setAttributes(input, { 'aria-invalid': invalid ? 'true' : null });
  };
  input.addEventListener('input', () => say(note, false));
  return {
    root: h('div', { class: 'labelled' }, h('label', { for: id }, label), input, below),
    get value() {
      return input.value.trim();
    },
    get invalid() {
      return input.hasAttribute('aria-invalid');
    },
    required(missing) {
      const value = input.value.trim();
      say(value === '' ? missing : note, value === '');
      if (value !== '') return value;
      input.focus();
      return null;
    },
    clear: () => {
      input.value = '';
    },
    fill: (value) => {
      input.value = value;
      say(note, false);
    },
    onInput: (listener) => input.addEventListener('input', listener),
    focus: () => input.focus(),
  };
}
