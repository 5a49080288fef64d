/**
 * A mistake the user can mend: bad flag, unreadable input, nothing to read. The command line prints
 * `message` and `hint` without a stack and exits with 2. Anything else that is thrown is ours, and keeps its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  /**
   * @param message what happened, with the place ("dump.csv, line 7: …")
   * @param hint what the user can do about it; null when there is nothing sensible to say
   */
  constructor(
    message: string,
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}
