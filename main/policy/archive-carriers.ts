import { type Carrier, UNREAD } from './carrier.ts';
import { onlyKnownOptions } from './known-options.ts';

/** `-T` names a file that may hold options, a name with a colon a machine to reach through a program. */
const TAR = onlyKnownOptions({
  letters: 'xctrvzjJakpmOh',
  values: 'fCb',
  long:
    'extract create list get file gzip gunzip bzip2 xz zstd verbose directory exclude strip-components auto-compress ' +
    'keep-old-files no-same-owner no-same-permissions same-permissions preserve-permissions wildcards overwrite totals ' +
    'version exclude-vcs append update',
});
export const tar: Carrier = (args) => {
  const words = args.slice(1);
  const [first, ...rest] = words;
  // Without a dash the first word is a bundle whose values all follow: no letter of it is a value.
  const bundle =
    typeof first === 'string' && !first.startsWith('-')
      ? /^[xctrvzjJakpmOhfCb]+$/.test(first)
      : TAR([first ?? '']);
  return bundle && TAR(rest) && !words.some((arg) => arg?.includes(':') === true) ? null : UNREAD;
};

/** Compilers start what `-wrapper`, `-B`, `-fplugin` and `-specs` name, and read options from files behind `@`. */
const COMPILER_OPTION =
  /^-(?:[cESvgws]|o.*|O[0-3sgz]?|g[0-3]?|W[a-z0-9+-]*(?:=[\w-]+)?|std=[\w+:]+|[DUIL].*|l[\w+.-]+|f(?:PIC|pic|PIE|pie|no-[a-z-]+|sanitize=[a-z,]+|openmp|stack-protector[a-z-]*)|pedantic|shared|static|pthread|m(?:32|64|arch=[\w.+-]+|tune=[\w.+-]+)|pipe)$/;
export const compiler: Carrier = (args) =>
  args
    .slice(1)
    .every(
      (arg) => arg !== null && !arg.startsWith('@') && (!arg.startsWith('-') || COMPILER_OPTION.test(arg)),
    )
    ? null
    : UNREAD;
