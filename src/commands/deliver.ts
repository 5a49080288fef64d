import { UserError } from '../errors.js';
import { writeFileAtomic } from '../io/io.js';
import { folded } from '../text/folded.js';
import { withoutCommands } from '../text/visible.js';

/** Where a result goes. */
export interface Destination {
  /** A file; standard output where it is left out or "-". */
  readonly output?: string;
}

/** Sends the result to --output or standard output. A reader that closes early is no error. */
export async function deliver(text: string | Uint8Array, { output }: Destination): Promise<void> {
  if (output !== undefined && output !== '-') {
    await writeFileAtomic(output, text);
    return;
  }
  if (typeof text !== 'string' && process.stdout.isTTY)
    throw new UserError('this format is not for reading', 'Give a file: --output FILE.');
  await new Promise<void>((done, fail) => {
    const ended = (error?: Error | null): void => {
      const code = (error as NodeJS.ErrnoException | null | undefined)?.code;
      if (code === undefined || code === 'EPIPE') done();
      else fail(new UserError(`standard output: cannot be written (${code})`, 'Check that there is room.'));
    };
    process.stdout.once('error', ended);
    process.stdout.write(text, ended);
  });
}

/** Sends text that is for people, as `deliver`; in the log of a GitHub step nothing in it can command the runner. */
export function deliverText(text: string, options: Destination): Promise<void> {
  const toFile = options.output !== undefined && options.output !== '-';
  return deliver(toFile ? text : forLog(text), options);
}

/** Text as it may stand in the log of whatever runs this, or on the screen, however narrow that is. */
export function forLog(text: string): string {
  const { isTTY, columns } = process.stdout;
  const fitting = isTTY && columns > 0 ? folded(text, columns) : text;
  return process.env['GITHUB_ACTIONS'] === 'true' ? withoutCommands(fitting) : fitting;
}
