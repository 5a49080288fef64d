import { Command, CommanderError } from 'commander';
import type { CacheOptions } from './commands/cached.js';
import type { InputOptions } from './commands/common.js';
import type { CheckCommandOptions } from './commands/check.js';
import type { EnrollCommandOptions } from './commands/enroll.js';
import type { EvaluateFlags } from './commands/evaluate.js';
import type { ReviewOptions } from './commands/review.js';
import {
  addFlags,
  ANSWER_FLAGS,
  BUNDLE_FLAGS,
  CACHE_FLAGS,
  CHECK_FLAGS,
  CHECK_INPUT_FLAGS,
  CHECK_OUTPUT_FLAGS,
  CONFIG_FLAGS,
  ENROLL_FLAGS,
  EVALUATE_FLAGS,
  INPUT_FLAGS,
  LIST_FLAGS,
  OUTPUT_FLAGS,
  REPORT_FLAGS,
  REVIEW_FLAGS,
  SCAN_FLAGS,
  WORK_FLAGS,
} from './commands/flags.js';
import type { RenderOptions } from './commands/render.js';
import { UserError } from './errors.js';
import { version } from './version.js';

/**
 * The command line: every command with its flags and examples.
 *
 * @param end told the exit code of a command that has one of its own
 * @param print takes what goes to standard output without being a command's result: help, and the version
 */
export function program(
  end: (code: number) => void = () => undefined,
  print: (text: string) => void = () => undefined,
): Command {
  const root = new Command('manyhands')
    .configureOutput({ writeOut: print })
    .description('Who wrote this, really? Finds one hand behind many bylines, and many hands behind one.')
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError('  manyhands --help lists the commands.')
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 ran, 2 could not run (bad flags, nothing to read) or could not\nverify, 130 interrupted; check also ends with 1, see its help.\n\nExample:\n  manyhands scan dump.jsonl',
    );
  root.hook('preAction', async (_, command) => (await import('./commands/settings.js')).applySettings(command));
  const withFlags = (command: Command, outputs = ANSWER_FLAGS): Command =>
    addFlags(command, [...INPUT_FLAGS, ...WORK_FLAGS, ...outputs, ...CONFIG_FLAGS]);
  const scanning = root
    .command('scan')
    .description('search a dump of articles')
    .argument('[path...]', 'files, folders, archives (zip, tar), quoted globs, or - for standard input');
  addFlags(addFlags(withFlags(scanning, OUTPUT_FLAGS), REPORT_FLAGS), SCAN_FLAGS)
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands scan articles/\n  manyhands scan dump.csv --map author=writer,text=content\n  manyhands scan "2019/**/*.html" --format json --output report.json\n  manyhands scan articles/ --format html --output report.html\n  manyhands scan wordpress-export.xml feeds/\n  zcat dump.jsonl.gz | manyhands scan -',
    )
    .action(async (paths: string[], options: InputOptions) =>
      (await import('./commands/scan.js')).scan(paths, options),
    );
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
    .action(async (run: string, options: RenderOptions) =>
      (await import('./commands/report.js')).reportAgain(run, options),
    );
  addFlags(
    root
      .command('bundle')
      .description('a saved JSON report as one evidence file: report, tables, hashes, versions, command')
      .argument('<run>', 'a report made with scan --format json'),
    BUNDLE_FLAGS,
  )
    .requiredOption('-o, --output <file>', 'the evidence file to write (required)')
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands bundle run.json --output evidence.zip\n  manyhands bundle run.json --in dump.jsonl --output evidence.zip',
    )
    .action(async (run: string, options: { output: string; in?: string[] }) =>
      (await import('./commands/bundle.js')).bundle(run, options),
    );
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
    .action(async (evidence: string, options: { in?: string[] }) =>
      (await import('./commands/verify.js')).verify(evidence, options),
    );
  withFlags(
    root
      .command('compare')
      .description('one pair of bylines, with the evidence in full')
      .argument('<a>', 'a byline')
      .argument('<b>', 'another'),
  )
    .requiredOption('--in <path...>', 'the dump: files, folders, archives (zip, tar), quoted globs, or - (required)')
    .addHelpText('after', '\nExample:\n  manyhands compare "Ann Writer" "Bob Writer" --in dump.jsonl')
    .action(async (a: string, b: string, options: InputOptions & { in: string[] }) =>
      (await import('./commands/compare.js')).compareTwo(a, b, options),
    );
  withFlags(
    root
      .command('explain')
      .description('one byline: its hands side by side, odd passages, its nearest bylines')
      .argument('<byline>', 'a byline'),
  )
    .requiredOption('--in <path...>', 'the dump: files, folders, archives (zip, tar), quoted globs, or - (required)')
    .addHelpText('after', '\nExample:\n  manyhands explain "Ann Writer" --in dump.jsonl')
    .action(async (name: string, options: InputOptions & { in: string[] }) =>
      (await import('./commands/explain.js')).explain(name, options),
    );
  addFlags(
    addFlags(
      root
        .command('enroll')
        .description('freezes a reference from an archive, for check: fingerprints and hashes, no text')
        .argument(
          '[path...]',
          'files, folders, archives (zip, tar), quoted globs, or - for standard input; with --add alone: calibrates again',
        ),
      [...INPUT_FLAGS, ...CONFIG_FLAGS],
    ),
    ENROLL_FLAGS,
  )
    .requiredOption('-o, --output <folder>', 'folder of the reference (required)')
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands enroll archive/ --output reference\n  manyhands enroll 2026-11.jsonl --add --output reference',
    )
    .action(async (paths: string[], options: EnrollCommandOptions) =>
      (await import('./commands/enroll.js')).enrollPaths(paths, options),
    );
  addFlags(
    addFlags(
      addFlags(
        root
          .command('check')
          .description('new articles against a frozen reference: does each fit its byline?')
          .argument('[new...]', 'files, folders, archives (zip, tar), quoted globs, or - for standard input'),
        [...CHECK_INPUT_FLAGS, ...LIST_FLAGS, ...CONFIG_FLAGS],
      ),
      CHECK_FLAGS,
    ),
    CHECK_OUTPUT_FLAGS,
  )
    .addHelpText(
      'after',
      '\nExit codes: 0 no finding at or over --fail-on, 1 some, 2 could not run, or not\nread all. Abstaining is not a finding.\n\nExamples:\n  manyhands check submission.md --against reference\n  manyhands check incoming/ --against reference --fail-on moderate --format json\n  manyhands check new/ --against reference --format terminal --format sarif=out.sarif\n  git diff --name-only -z --diff-filter=d main -- | manyhands check --file-list - --against reference\n  manyhands check --stdin --stdin-filename new/a.md --against reference\n  manyhands check new/ --against reference --baseline accepted.json --update-baseline --reason "known co-writer"',
    )
    .action(async (paths: string[], options: CheckCommandOptions) =>
      end(await (await import('./commands/check.js')).checkPaths(paths, options)),
    );
  addFlags(
    root
      .command('review')
      .description('keeps what someone found out about a link between two bylines of a reference')
      .argument('<action>', 'confirm, reject, forget or list')
      .argument('[a]', 'a byline')
      .argument('[b]', 'another'),
    REVIEW_FLAGS,
  )
    .requiredOption('--against <reference>', 'a reference made with enroll (required)')
    .addHelpText(
      'after',
      '\nThe links stand in links.txt in the reference, to be read and edited. check\nobeys them at once; enroll --add uses them when it calibrates again.\n\nExamples:\n  manyhands review confirm "Ann Writer" "A. N. Other" --reason "one pen name, says the editor" --against reference\n  manyhands review list --against reference',
    )
    .action(async (action: string, a: string | undefined, b: string | undefined, options: ReviewOptions) =>
      (await import('./commands/review.js')).review(action, a, b, options),
    );
  root
    .command('init')
    .description('begins a configuration file in this folder')
    .addHelpText('after', '\nExample:\n  manyhands init')
    .action(async () => (await import('./commands/init.js')).init());
  root
    .command('completion')
    .description('prints the completion script of a shell')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'after',
      '\nExamples:\n  source <(manyhands completion bash)\n  manyhands completion zsh > _manyhands\n  manyhands completion fish > ~/.config/fish/completions/manyhands.fish',
    )
    .action(async (shell: string) => (await import('./commands/completion.js')).completion(shell, root));
  addFlags(
    root
      .command('evaluate')
      .description('how well hands are told apart, on corpora whose hands are known')
      .argument('<path...>', 'labelled corpora: JSON Lines with the hand as author, or PAN-style *.problems.jsonl'),
    EVALUATE_FLAGS,
  )
    .option('-f, --format <format>', 'terminal, json or markdown')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--no-color', 'no colours (also by the NO_COLOR variable)')
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands evaluate corpus.jsonl\n  manyhands evaluate c50-half.jsonl --leave-out c50-half --output-dir measured/\n  manyhands evaluate essays.jsonl --where kind=normal --amounts 3,7\n  manyhands evaluate pan15-en.problems.jsonl --format markdown',
    )
    .action(async (paths: string[], options: EvaluateFlags) =>
      (await import('./commands/evaluate.js')).evaluateOn(paths, options),
    );
  addFlags(
    root
      .command('cache')
      .description('what is kept for a second scan of the same texts: how much there is, or delete it')
      .argument('<action>', 'stats or clear'),
    CACHE_FLAGS,
  )
    .addHelpText('after', '\nExamples:\n  manyhands cache stats\n  manyhands cache clear')
    .action(async (action: string, options: CacheOptions) =>
      (await import('./commands/cache.js')).cacheCommand(action, options),
    );
  for (const command of root.commands)
    command.exitOverride().showHelpAfterError(`  manyhands ${command.name()} --help shows examples.`);
  return root;
}

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
