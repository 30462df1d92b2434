/** The record cannot be written. What was to happen must not happen then. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}
