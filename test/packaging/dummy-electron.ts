import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import plist from 'plist';

/** Where Electron keeps its fuses: this text, the wire's version, its length, one character a fuse. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron 45 ships them. */
export const SHIPPED_FUSES = '101100011';
/** As the packaged app has to have them. */
export const WANTED_FUSES = '010011001';

/** A folder that electron-builder takes for an unpacked Electron: bundles and their plists in the right places, and fuses. */
export function dummyElectron(folder: string, fuses = SHIPPED_FUSES): string {
  const app = join(folder, 'Electron.app/Contents');
  const put = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(app, path)), { recursive: true });
    writeFileSync(join(app, path), content, { mode: 0o755 });
  };
  const bundle = (name: string) => ({ CFBundleExecutable: name, CFBundleIdentifier: `com.github.${name}` });
  put(
    'Info.plist',
    plist.build({
      ...bundle('Electron'),
      CFBundleName: 'Electron',
      NSCameraUsageDescription: 'This app needs access to the camera',
      NSMicrophoneUsageDescription: 'This app needs access to the microphone',
      NSAppTransportSecurity: { NSAllowsArbitraryLoads: true },
    }),
  );
  put('MacOS/Electron', '');
  for (const name of ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].map((kind) => `Electron Helper${kind}`)) {
    put(`Frameworks/${name}.app/Contents/Info.plist`, plist.build(bundle(name)));
    put(`Frameworks/${name}.app/Contents/MacOS/${name}`, '');
  }
  const framework = 'Frameworks/Electron Framework.framework';
  put(
    `${framework}/Electron Framework`,
    Buffer.concat([
      Buffer.from(`code ${SENTINEL}`),
      Buffer.from([1, fuses.length]),
      Buffer.from(`${fuses} code`, 'latin1'),
    ]),
  );
  for (const language of ['en', 'ko', 'de'])
    put(`${framework}/Versions/A/Resources/${language}.lproj/locale.pak`, '');
  put('Resources/electron.icns', '');
  return folder;
}

/** The fuses in a framework's binary, read without the code under test. */
export function readFuses(binary: string): string {
  const text = readFileSync(binary, 'latin1');
  const wire = text.slice(text.indexOf(SENTINEL) + SENTINEL.length);
  return wire.slice(2, 2 + wire.charCodeAt(1));
}
