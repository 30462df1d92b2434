/** What can stand in the place of the question. */
export type SheetKind = 'always' | 'reason' | 'waiting';
