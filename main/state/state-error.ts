/** Our files cannot be used as they are. The message says which, why and what to do. */
export class StateError extends Error {
  override readonly name = 'StateError';
}
