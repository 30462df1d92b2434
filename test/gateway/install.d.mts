/** What starts the gateway: the path of a Node that is new enough, and of the script of the `openclaw` command. */
export interface Installation {
  readonly node: string;
  readonly openclaw: string;
}

/**
 * The installation in the cache folder, made first where it is missing or damaged. Two processes may ask at once: one
 * installs, the other waits.
 *
 * @param install puts the packages into an empty folder
 * @throws {Error} that says what could not be done, and why.
 */
export function installGateway(
  cacheFolder?: string,
  install?: (folder: string) => Promise<void>,
): Promise<Installation>;

/** An error's message without line breaks, cut to a readable length. */
export function oneLine(error: unknown): string;
