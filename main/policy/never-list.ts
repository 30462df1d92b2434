/** A program that is never run, or never run unasked: by base name, at any path, behind any wrapper. */
export interface NeverRule {
  readonly name: string;
  readonly effect: 'deny' | 'prompt';
}
