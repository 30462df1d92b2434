import type * as Electron from 'electron';
import type { Frame } from 'playwright';

import { strict } from '../shared/strict.ts';
import { fromBrowser, originOf } from './schemes.ts';

type Facts = Pick<Electron.WebFrameMain, 'url' | 'origin' | 'name' | 'detached' | 'isDestroyed'>;
export type WebFrame = Facts & { readonly parent: WebFrame | null; readonly top: WebFrame };

const frames = new WeakMap<Frame, WebFrame>();
/** What the isolated world said its address is, until Chromium tells the next one. */
const saidAddress = new WeakMap<Frame, string>();

/** The app's address of a frame, now. */
export const urlOf = (frame: Frame): string => saidAddress.get(frame) ?? fromBrowser(frame.url());

export const sawAddress = (frame: Frame, url: string): void => void saidAddress.set(frame, url);
export const forgetAddress = (frame: Frame): void => void saidAddress.delete(frame);

/** A frame as the app sees it: the same object each time, with its address of that moment. */
export function webFrame(frame: Frame): WebFrame {
  const known = frames.get(frame);
  if (known !== undefined) return known;
  const parentFrame = frame.parentFrame();
  const parent = parentFrame === null ? null : webFrame(parentFrame);
  const made: WebFrame = strict('WebFrameMain', {
    parent,
    name: frame.name(),
    get url(): string {
      return urlOf(frame);
    },
    get origin(): string {
      const url = urlOf(frame);
      return URL.canParse(url) ? originOf(url) : 'null';
    },
    get top(): WebFrame {
      return parent === null ? made : parent.top;
    },
    get detached(): boolean {
      return frame.isDetached();
    },
    isDestroyed: () => frame.isDetached(),
  });
  frames.set(frame, made);
  return made;
}
