import { CommanderError } from 'commander';
import { program } from './commands/program.js';
import { UserError } from './errors.js';

/**
 * Runs the command line and says how it ended: 0 ran; 1, of `check` alone, found; 2 could not run, or what was to be
 * verified does not agree. Our own mistakes keep their stack and end with 2: a 1 would be read as findings. There is no
 * handler for Ctrl-C: the signal ends the process at once, even in the middle of a long sum, and shells report 130. What
 * was counted until then is in the cache, every file whole.
 */
export async function main(argv: readonly string[]): Promise<number> {
  // Where nobody reads messages there is nobody to tell; the exit code says it.
  process.stderr.on('error', () => undefined);
  let code = 0;
  let printed = '';
  const root = program(
    (own) => (code = own),
    (text) => (printed += text),
  );
  try {
    await root.parseAsync(argv as string[]).catch((error: unknown) => {
      if (!(error instanceof CommanderError)) throw error;
      code = error.exitCode === 0 ? 0 : 2;
    });
    if (printed !== '') await (await import('./commands/deliver.js')).deliverText(printed, {});
    return code;
  } catch (error) {
    if (!(error instanceof UserError)) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`manyhands: a mistake of this program; please report it\n${told}\n`);
      return 2;
    }
    process.stderr.write(`manyhands: ${error.message}\n${error.hint === null ? '' : `  ${error.hint}\n`}`);
    return 2;
  }
}
