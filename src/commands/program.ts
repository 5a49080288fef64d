import { Command } from 'commander';
import { version } from '../version.js';
import type { CacheOptions } from './cached.js';
import type { CheckCommandOptions } from './check.js';
import type { InputOptions } from './common.js';
import type { EnrollCommandOptions } from './enroll.js';
import type { EvaluateFlags } from './evaluate.js';
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
} from './flags.js';
import type { RenderOptions } from './render.js';
import type { ReviewOptions } from './review.js';

/** What can be read, as arguments and --in are told. */
const PATHS = 'files, folders, archives (zip, tar), quoted globs, or -';

/**
 * The command line: every command with its flags and examples. What a command does is imported when it is called.
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
  root.hook('preAction', async (_, command) => (await import('./settings.js')).applySettings(command));
  addScan(root.command('scan'));
  addReport(root.command('report'));
  addBundle(root.command('bundle'));
  addVerify(root.command('verify'));
  addCompare(root.command('compare'));
  addExplain(root.command('explain'));
  addEnroll(root.command('enroll'));
  addCheck(root.command('check'), end);
  addReview(root.command('review'));
  addInit(root.command('init'));
  addCompletion(root.command('completion'), root);
  addEvaluate(root.command('evaluate'));
  addCache(root.command('cache'));
  for (const command of root.commands)
    command.exitOverride().showHelpAfterError(`  manyhands ${command.name()} --help shows examples.`);
  return root;
}

function addScan(command: Command): void {
  command.description('search a dump of articles').argument('[path...]', `${PATHS} for standard input`);
  addFlags(command, INPUT_FLAGS, WORK_FLAGS, OUTPUT_FLAGS, CONFIG_FLAGS, REPORT_FLAGS, SCAN_FLAGS)
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands scan articles/\n  manyhands scan dump.csv --map author=writer,text=content\n  manyhands scan "2019/**/*.html" --format json --output report.json\n  manyhands scan articles/ --format html --output report.html\n  manyhands scan wordpress-export.xml feeds/\n  zcat dump.jsonl.gz | manyhands scan -',
    )
    .action(async (paths: string[], options: InputOptions) => (await import('./scan.js')).scan(paths, options));
}

function addReport(command: Command): void {
  command
    .description('a saved JSON report in another format, nothing computed again')
    .argument('<run>', 'a report made with scan --format json, or - for standard input');
  addFlags(command, OUTPUT_FLAGS, REPORT_FLAGS)
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands report run.json --format html --output report.html\n  manyhands report run.json --format csv --table hands\n  manyhands report run.json --format gexf --output bylines.gexf',
    )
    .action(async (run: string, options: RenderOptions) => (await import('./report.js')).reportAgain(run, options));
}

function addBundle(command: Command): void {
  command
    .description('a saved JSON report as one evidence file: report, tables, hashes, versions, command')
    .argument('<run>', 'a report made with scan --format json');
  addFlags(command, BUNDLE_FLAGS)
    .requiredOption('-o, --output <file>', 'the evidence file to write (required)')
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands bundle run.json --output evidence.zip\n  manyhands bundle run.json --in dump.jsonl --output evidence.zip',
    )
    .action(async (run: string, options: { output: string; in?: string[] }) =>
      (await import('./bundle.js')).bundle(run, options),
    );
}

function addVerify(command: Command): void {
  command
    .description('checks an evidence file: hashes, and the same bytes when everything is made again')
    .argument('<evidence>', 'a file made with bundle');
  addFlags(command, BUNDLE_FLAGS)
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands verify evidence.zip\n  manyhands verify evidence.zip --in dump.jsonl',
    )
    .action(async (evidence: string, options: { in?: string[] }) =>
      (await import('./verify.js')).verify(evidence, options),
    );
}

/** Flags of the commands that scan a dump to answer one question. */
function addAnswerFlags(command: Command): Command {
  return addFlags(command, INPUT_FLAGS, WORK_FLAGS, ANSWER_FLAGS, CONFIG_FLAGS).requiredOption(
    '--in <path...>',
    `the dump: ${PATHS} (required)`,
  );
}

function addCompare(command: Command): void {
  command
    .description('one pair of bylines, with the evidence in full')
    .argument('<a>', 'a byline')
    .argument('<b>', 'another');
  addAnswerFlags(command)
    .addHelpText('after', '\nExample:\n  manyhands compare "Ann Writer" "Bob Writer" --in dump.jsonl')
    .action(async (a: string, b: string, options: InputOptions & { in: string[] }) =>
      (await import('./compare.js')).compareTwo(a, b, options),
    );
}

function addExplain(command: Command): void {
  command
    .description('one byline: its hands side by side, odd passages, its nearest bylines')
    .argument('<byline>', 'a byline');
  addAnswerFlags(command)
    .addHelpText('after', '\nExample:\n  manyhands explain "Ann Writer" --in dump.jsonl')
    .action(async (name: string, options: InputOptions & { in: string[] }) =>
      (await import('./explain.js')).explain(name, options),
    );
}

function addEnroll(command: Command): void {
  command
    .description('freezes a reference from an archive, for check: fingerprints and hashes, no text')
    .argument('[path...]', `${PATHS} for standard input; with --add alone: calibrates again`);
  addFlags(command, INPUT_FLAGS, CONFIG_FLAGS, ENROLL_FLAGS)
    .requiredOption('-o, --output <folder>', 'folder of the reference (required)')
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands enroll archive/ --output reference\n  manyhands enroll 2026-11.jsonl --add --output reference',
    )
    .action(async (paths: string[], options: EnrollCommandOptions) =>
      (await import('./enroll.js')).enrollPaths(paths, options),
    );
}

function addCheck(command: Command, end: (code: number) => void): void {
  command
    .description('new articles against a frozen reference: does each fit its byline?')
    .argument('[new...]', `${PATHS} for standard input`);
  addFlags(command, CHECK_INPUT_FLAGS, LIST_FLAGS, CONFIG_FLAGS, CHECK_FLAGS, CHECK_OUTPUT_FLAGS)
    .addHelpText(
      'after',
      '\nExit codes: 0 no finding at or over --fail-on, 1 some, 2 could not run, or not\nread all. Abstaining is not a finding.\n\nExamples:\n  manyhands check submission.md --against reference\n  manyhands check incoming/ --against reference --fail-on moderate --format json\n  manyhands check new/ --against reference --format terminal --format sarif=out.sarif\n  git diff --name-only -z --diff-filter=d main -- | manyhands check --file-list - --against reference\n  manyhands check --stdin --stdin-filename new/a.md --against reference\n  manyhands check new/ --against reference --baseline accepted.json --update-baseline --reason "known co-writer"',
    )
    .action(async (paths: string[], options: CheckCommandOptions) =>
      end(await (await import('./check.js')).checkPaths(paths, options)),
    );
}

function addReview(command: Command): void {
  command
    .description('keeps what someone found out about a link between two bylines of a reference')
    .argument('<action>', 'confirm, reject, forget or list')
    .argument('[a]', 'a byline')
    .argument('[b]', 'another');
  addFlags(command, REVIEW_FLAGS)
    .requiredOption('--against <reference>', 'a reference made with enroll (required)')
    .addHelpText(
      'after',
      '\nThe links stand in links.txt in the reference, to be read and edited. check\nobeys them at once; enroll --add uses them when it calibrates again.\n\nExamples:\n  manyhands review confirm "Ann Writer" "A. N. Other" --reason "one pen name, says the editor" --against reference\n  manyhands review list --against reference',
    )
    .action(async (action: string, a: string | undefined, b: string | undefined, options: ReviewOptions) =>
      (await import('./review.js')).review(action, a, b, options),
    );
}

function addInit(command: Command): void {
  command
    .description('begins a configuration file in this folder')
    .addHelpText('after', '\nExample:\n  manyhands init')
    .action(async () => (await import('./init.js')).init());
}

function addCompletion(command: Command, root: Command): void {
  command
    .description('prints the completion script of a shell')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'after',
      '\nExamples:\n  source <(manyhands completion bash)\n  manyhands completion zsh > _manyhands\n  manyhands completion fish > ~/.config/fish/completions/manyhands.fish',
    )
    .action(async (shell: string) => (await import('./completion.js')).completion(shell, root));
}

function addEvaluate(command: Command): void {
  command
    .description('how well hands are told apart, on corpora whose hands are known')
    .argument('<path...>', 'labelled corpora: JSON Lines with the hand as author, or PAN-style *.problems.jsonl');
  addFlags(command, EVALUATE_FLAGS)
    .addHelpText(
      'after',
      '\nExamples:\n  manyhands evaluate corpus.jsonl\n  manyhands evaluate c50-half.jsonl --leave-out c50-half --output-dir measured/\n  manyhands evaluate essays.jsonl --where kind=normal --amounts 3,7\n  manyhands evaluate pan15-en.problems.jsonl --format markdown',
    )
    .action(async (paths: string[], options: EvaluateFlags) =>
      (await import('./evaluate.js')).evaluateOn(paths, options),
    );
}

function addCache(command: Command): void {
  command
    .description('what is kept for a second scan of the same texts: how much there is, or delete it')
    .argument('<action>', 'stats or clear');
  addFlags(command, CACHE_FLAGS)
    .addHelpText('after', '\nExamples:\n  manyhands cache stats\n  manyhands cache clear')
    .action(async (action: string, options: CacheOptions) =>
      (await import('./cache.js')).cacheCommand(action, options),
    );
}
