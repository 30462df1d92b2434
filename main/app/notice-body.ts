import { displayString } from '../text/display.ts';

/** What a banner has room for. */
const LONGEST = 240;

/** A gateway's own words for a notice: escaped, and no longer than is read at a glance. */
export function noticeBody(title: string, body: string): string {
  const words = [title, body].filter((text) => text !== '').map(displayString);
  const characters = Array.from(words.join('\n'));
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : characters.join('');
}
