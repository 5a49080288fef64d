import { Command, CommanderError } from 'commander';
import { bundle } from './commands/bundle.js';
import { cacheCommand, type CacheOptions } from './commands/cache.js';
import { compareTwo } from './commands/compare.js';
import { addFlags, type InputOptions } from './commands/common.js';
import { explain } from './commands/explain.js';
import { BUNDLE_FLAGS, CACHE_FLAGS, INPUT_FLAGS, OUTPUT_FLAGS, REPORT_FLAGS, SCAN_FLAGS } from './commands/flags.js';
import { reportAgain } from './commands/report.js';
import { verify } from './commands/verify.js';
import type { RenderOptions } from './commands/render.js';
import { scan } from './commands/scan.js';
import { UserError } from './errors.js';
import { version } from './version.js';

/** The command line: every command with its flags and examples. */
export function program(): Command {
  const root = new Command('manyhands')
    .description('Who wrote this, really? Finds one hand behind many bylines, and many hands behind one.')
    .version(version)
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 ran, 2 could not run (bad flags, nothing to read) or could not verify, 130 interrupted.\n\nExample:\n  manyhands scan dump.jsonl',
    );
  const withFlags = (command: Command): Command => addFlags(addFlags(command, INPUT_FLAGS), OUTPUT_FLAGS);
  const scanning = root
    .command('scan')
    .description('search a dump of articles')
    .argument('<path...>', 'files, folders, quoted globs, or - for standard input');
  addFlags(addFlags(withFlags(scanning), REPORT_FLAGS), SCAN_FLAGS)
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands scan articles/\n  manyhands scan dump.csv --map author=writer,text=content\n  manyhands scan "2019/**/*.html" --format json --output report.json\n  manyhands scan articles/ --format html --output report.html\n  zcat dump.jsonl.gz | manyhands scan -',
    )
    .action((paths: string[], options: InputOptions) => scan(paths, options));
  addFlags(
    addFlags(
      root
        .command('report')
        .description('a saved JSON report in another format, nothing computed again')
        .argument('<run>', 'a report made with scan --format json, or - for standard input'),
      OUTPUT_FLAGS,
    ),
    REPORT_FLAGS,
  )
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands report run.json --format html --output report.html\n  manyhands report run.json --format csv --table hands\n  manyhands report run.json --format gexf --output bylines.gexf',
    )
    .action((run: string, options: RenderOptions) => reportAgain(run, options));
  addFlags(
    root
      .command('bundle')
      .description('a saved JSON report as one evidence file: report, tables, hashes, versions, command')
      .argument('<run>', 'a report made with scan --format json'),
    BUNDLE_FLAGS,
  )
    .requiredOption('-o, --output <file>', 'the evidence file to write')
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands bundle run.json --output evidence.zip\n  manyhands bundle run.json --in dump.jsonl --output evidence.zip',
    )
    .action((run: string, options: { output: string; in?: string[] }) => bundle(run, options));
  addFlags(
    root
      .command('verify')
      .description('checks an evidence file: hashes, and the same bytes when everything is made again')
      .argument('<evidence>', 'a file made with bundle'),
    BUNDLE_FLAGS,
  )
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands verify evidence.zip\n  manyhands verify evidence.zip --in dump.jsonl',
    )
    .action((evidence: string, options: { in?: string[] }) => verify(evidence, options));
  withFlags(
    root
      .command('compare')
      .description('one pair of bylines, with the evidence in full')
      .argument('<a>', 'a byline')
      .argument('<b>', 'another'),
  )
    .requiredOption('--in <path...>', 'the dump')
    .addHelpText('after', '\nExample:\n  manyhands compare "Ann Writer" "Bob Writer" --in dump.jsonl')
    .action((a: string, b: string, options: InputOptions & { in: string[] }) => compareTwo(a, b, options));
  withFlags(
    root
      .command('explain')
      .description('one byline: its nearest bylines, its hands, its habits')
      .argument('<byline>', 'a byline'),
  )
    .requiredOption('--in <path...>', 'the dump')
    .addHelpText('after', '\nExample:\n  manyhands explain "Heshmat Alavi" --in dump.jsonl')
    .action((name: string, options: InputOptions & { in: string[] }) => explain(name, options));
  addFlags(
    root
      .command('cache')
      .description('what is kept for a second scan of the same texts: how much there is, or delete it')
      .argument('<action>', 'stats or clear'),
    CACHE_FLAGS,
  )
    .addHelpText('after', '\nExamples:\n  manyhands cache stats\n  manyhands cache clear')
    .action((action: string, options: CacheOptions) => cacheCommand(action, options));
  for (const command of root.commands) command.exitOverride();
  return root;
}

/**
 * Runs the command line and says how it ended: 0 ran, 2 could not run, or what was to be verified does not agree. Our
 * own mistakes keep their stack. There is no handler for Ctrl-C: the signal ends the process at once, even in the middle
 * of a long sum, and shells report 130. What was counted until then is in the cache, every file whole.
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(argv as string[]);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`manyhands: ${error.message}\n${error.hint === null ? '' : `  ${error.hint}\n`}`);
    return 2;
  }
}
