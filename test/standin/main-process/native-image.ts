import { readFileSync } from 'node:fs';

import type * as Electron from 'electron';

import { strict } from '../shared/strict.ts';

type Supported = Pick<
  Electron.NativeImage,
  'isEmpty' | 'toPNG' | 'toDataURL' | 'setTemplateImage' | 'isTemplateImage'
>;
export type NativeImage = Supported & { getSize(): Electron.Size };

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** A PNG, kept as bytes. Anything else is an empty image, as Electron makes of a file that it cannot read. */
function image(bytes: Buffer): NativeImage {
  const png = bytes.subarray(0, 8).equals(PNG_SIGNATURE) && bytes.length > 24 ? bytes : Buffer.alloc(0);
  let template = false;
  return strict('NativeImage', {
    isEmpty: () => png.length === 0,
    getSize: () =>
      png.length === 0
        ? { width: 0, height: 0 }
        : { width: png.readUInt32BE(16), height: png.readUInt32BE(20) },
    toPNG: () => Buffer.from(png),
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    setTemplateImage: (option: boolean) => void (template = option),
    isTemplateImage: () => template,
  });
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

export const nativeImage = strict('nativeImage', {
  createEmpty: (): NativeImage => image(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer): NativeImage => image(bytes),
  createFromDataURL: (url: string): NativeImage => image(Buffer.from(url.split(',')[1] ?? '', 'base64')),
  createFromPath(path: string): NativeImage {
    const made = image(read(path));
    // On a Mac the file's name says so.
    if (/Template(@[\d.]+x)?\.[a-z]+$/.test(path)) made.setTemplateImage(true);
    return made;
  },
});
