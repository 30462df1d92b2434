/** The version that electron-builder and the packaging code, which is TypeScript, are run with. */
const NODE = 24;

/** One sentence saying why this machine cannot package; null where it can. */
export function packagingRefusal({ platform, node }) {
  if (platform !== 'darwin') {
    return "Packaging needs a Mac: the disk image and the signature are made by macOS's own tools.";
  }
  return Number.parseInt(node, 10) < NODE
    ? `Packaging needs Node ${NODE} or newer, and this is ${node}.`
    : null;
}
