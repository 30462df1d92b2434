/** A text that is nothing but its own parameters: `$0 "$1"`, `"$@"`, `exec -- "$0" "$@"`. */
const CARRIER =
  /^[ \t]*(?:exec[ \t]+(?:--[ \t]+)?)?((?:"\$(?:[0-9]|@)"|\$[0-9])(?:[ \t]+(?:"\$(?:[0-9]|@)"|\$[0-9]))*)[ \t]*$/;

/**
 * The command that such a text carries; null for any other text, and where the shell would split or expand a parameter.
 * @param parameters What stands behind the text: `$0`, `$1`, and so on.
 */
export function positionalCommand(text: string, parameters: readonly string[]): string[] | null {
  const list = CARRIER.exec(text)?.[1];
  if (list === undefined) return null;
  const command: string[] = [];
  for (const word of list.split(/[ \t]+/)) {
    if (word === '"$@"') {
      command.push(...parameters.slice(1));
      continue;
    }
    const parameter = parameters[Number(word.replace(/\D/g, ''))];
    // An unset parameter vanishes or is empty, depending on its quotes.
    if (parameter === undefined) return null;
    if (!word.startsWith('"') && !/^[A-Za-z0-9_./:@%+,=-]+$/.test(parameter)) return null;
    command.push(parameter);
  }
  return command.length === 0 ? null : command;
}
