/** What one window's two worlds are told when they start. The names are random: no page can guess them. */
export interface WorldConfig {
  /** Event by which the two worlds find each other, once. */
  readonly handshake: string;
  /** The function in the isolated world that carries text to main; taken and deleted before the preload runs. */
  readonly binding: string;
  /** The function in the isolated world that takes text from main. */
  readonly deliver: string;
  /** Frozen `process` of the preload. */
  readonly process: {
    readonly platform: string;
    readonly arch: string;
    readonly versions: Readonly<Record<string, string | undefined>>;
  };
}

/** From the isolated world to main. */
export type ToMain =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | { readonly kind: 'preload-error'; readonly message: string; readonly stack: string };

/** How a message travels: with the address that its world sees at that moment, which no page can forge. */
export interface Letter {
  readonly url: string;
  readonly message: ToMain;
}

/** From main to the isolated world; `args` and `value` are texts of plain-data. */
export type ToPage =
  | { readonly kind: 'event'; readonly channel: string; readonly args: string }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: true; readonly value: string }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: false; readonly message: string };
