/** What sample/preload.ts exposes; for the renderer and for code that tests run in the page. */
interface SampleBridge {
  echo(value: unknown): Promise<{ value: unknown; url: string }>;
  fail(): Promise<never>;
  clicked(what: string): void;
  add(a: number, b: number): number;
  throws(): never;
  unsupported(): unknown;
  readonly nested: { readonly list: readonly number[]; readonly deep: { keysOf(object: object): string[] } };
  onNews(listener: (news: { text: string }) => void): () => void;
}
// eslint-disable-next-line no-var -- only `var` declares a property of window
declare var sample: SampleBridge;
