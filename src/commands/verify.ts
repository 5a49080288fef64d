import { stat } from 'node:fs/promises';
import { strFromU8, type Unzipped } from 'fflate';
import { UserError } from '../errors.js';
import { FIELD_NAMES, type FieldName } from '../ingest/ingest.js';
import { loadModel } from '../model/model.js';
import { run, type ScanOptions } from '../pipeline/pipeline.js';
import { withDetails } from '../report/details.js';
import { report as reportOf, reportJson } from '../report/report.js';
import { counted } from '../text/figures.js';
import { visible } from '../text/visible.js';
import type { InputFile, ReadSource, Report } from '../types/types.js';
import { version } from '../version.js';
import { deliver } from './deliver.js';
import { madeFrom, MANIFEST, MAX_BYTES, REPORT, sha256, type Manifest } from './evidence.js';
import { noting } from '../io/noting.js';
import { parseReport } from './report.js';
import { openZip } from '../io/zip.js';
import { sourcesOf } from './sources.js';

/** One thing that was compared; null where it could not be. */
interface Check {
  readonly what: string;
  readonly holds: boolean | null;
}

/**
 * `manyhands verify evidence.zip`: checks every hash, makes the page and the tables again from the report, and, where
 * the dump is packed or given, scans it again; says line by line what agrees.
 *
 * @throws UserError when something differs, or the file cannot be read
 */
export async function verify(path: string, options: { readonly in?: readonly string[] }): Promise<void> {
  const { files, manifest, report } = await opened(path);
  const checks = [sameClaims(manifest, report), ...hashes(files, manifest), ...(await madeAgain(files, report))];
  checks.push(...(await scannedAgain(files, manifest, report, options.in)));
  const word = (holds: boolean | null): string => (holds === null ? 'not checked' : holds ? 'agrees' : 'DIFFERS');
  await deliver(checks.map((c) => `${word(c.holds).padEnd(12)}${visible(c.what, 400)}\n`).join(''), {});
  const wrong = checks.filter((c) => c.holds === false).length;
  if (wrong > 0) throw new UserError(`${visible(path)}: ${wrong} of ${checks.length} checks do not agree`);
  const left = checks.filter((c) => c.holds === null).length;
  const agree = counted(checks.length - left, 'check agrees', 'checks agree');
  await deliver(`${agree}${left === 0 ? '' : `; ${counted(left, 'was', 'were')} not made`}\n`, {});
}

async function opened(path: string): Promise<{ files: Unzipped; manifest: Manifest; report: Report }> {
  const refused = (why: string): UserError =>
    new UserError(`${visible(path)}: ${why}`, 'Give a file made with: manyhands bundle RUN.json --output evidence.zip');
  const files: Unzipped = {};
  try {
    if ((await stat(path)).size > MAX_BYTES) throw refused('larger than any evidence file');
    const { entries, close } = await openZip(path);
    try {
      // Sizes are checked before anything is unpacked.
      if (entries.reduce((total, { size }) => total + size, 0) > MAX_BYTES)
        throw refused('unpacks to more than any evidence file');
      for (const { name, bytes } of entries)
        Object.defineProperty(files, name, { value: await bytes(), enumerable: true });
    } finally {
      close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw refused(typeof code === 'string' ? `cannot be read (${visible(code)})` : 'not a zip file, or a damaged one');
  }
  if (!Object.hasOwn(files, MANIFEST) || !Object.hasOwn(files, REPORT))
    throw refused(`holds no ${MANIFEST} or no ${REPORT}`);
  const manifest = manifestOf(files[MANIFEST]!);
  if (manifest === null) throw refused(`its ${MANIFEST} is not of schema manyhands.bundle/1`);
  return { files, manifest, report: await parseReport(files[REPORT]!, REPORT) };
}

function manifestOf(bytes: Uint8Array): Manifest | null {
  try {
    const m = JSON.parse(strFromU8(bytes)) as Manifest;
    const listed = [m.files, m.inputs].every(
      (list) => Array.isArray(list) && list.every((x) => typeof x === 'object' && x !== null),
    );
    return m.schema === 'manyhands.bundle/1' && listed ? m : null;
  } catch {
    return null;
  }
}

/** What the manifest says of inputs, versions and command must be what the report says. */
function sameClaims({ tool, command, inputs }: Manifest, report: Report): Check {
  const said = {
    version: tool?.version,
    model: tool?.model,
    command,
    inputs: inputs.map((x) => [x.path, x.bytes, x.sha256]),
  };
  const reported = {
    version: report.tool.version,
    model: report.tool.model,
    command: report.tool.command ?? [],
    inputs: (report.inputs ?? []).map((x) => [x.path, x.bytes, x.sha256]),
  };
  return {
    what: `${MANIFEST}: inputs, versions and command as in ${REPORT}`,
    holds: JSON.stringify(said) === JSON.stringify(reported),
  };
}

/** Every file against its hash, and no file more or less than the manifest says. */
function hashes(files: Unzipped, { files: listed }: Manifest): Check[] {
  const names = new Set(listed.map((f) => f.name));
  return [
    ...listed.map(({ name, sha256: hash }) => ({
      what: `${name}: hash in the manifest`,
      holds: Object.hasOwn(files, name) && sha256(files[name]!) === hash,
    })),
    ...Object.keys(files)
      .filter((name) => name !== MANIFEST && !names.has(name))
      .map((name) => ({ what: `${name}: not in the manifest`, holds: false })),
  ];
}

/** Page and tables made again from the report; only the same version must give the same bytes. */
async function madeAgain(files: Unzipped, report: Report): Promise<Check[]> {
  if (report.tool.version !== version)
    return [
      { what: `page and tables made again: needs manyhands ${report.tool.version}, this is ${version}`, holds: null },
    ];
  return Object.entries(madeFrom(report)).map(([name, bytes]) => ({
    what: `${name}: made again from ${REPORT}`,
    holds: Object.hasOwn(files, name) && Buffer.compare(files[name]!, bytes) === 0,
  }));
}

async function scannedAgain(
  files: Unzipped,
  { inputs }: Manifest,
  report: Report,
  paths: readonly string[] | undefined,
): Promise<Check[]> {
  const what = `${REPORT}: scanned again`;
  const model = loadModel();
  const { tool } = report;
  if (tool.version !== version || tool.model !== model.id)
    return [{ what: `${what}: needs manyhands ${tool.version} with model ${tool.model}`, holds: null }];
  if ((tool.options as { readonly pseudonymised?: unknown }).pseudonymised === true)
    return [{ what: `${what}: it stands under pseudonyms`, holds: null }];
  const packed = inputs.length > 0 && inputs.every((x) => x.name !== undefined && Object.hasOwn(files, x.name));
  if (paths === undefined && !packed) return [{ what: `${what}: give the dump with --in`, holds: null }];
  const { files: found, inputs: read } = noting(
    paths === undefined ? unpacked(files, inputs, report.notices) : sourcesOf(paths),
  );
  const again = await run(found, model, optionsOf(tool.options));
  const built = reportOf(again, {
    version,
    options: { ...tool.options },
    ...(tool.command === undefined ? {} : { command: tool.command }),
    ...(report.inputs === undefined ? {} : { inputs: read }),
  });
  const text = reportJson(await withDetails(built, again));
  return [
    ...(report.inputs === undefined ? [] : sameInputs(report.inputs, read)),
    { what, holds: Buffer.compare(files[REPORT]!, Buffer.from(text)) === 0 },
  ];
}

/** Input files that are not what was scanned, one by one; one line where all of them are. */
function sameInputs(scanned: readonly InputFile[], read: readonly InputFile[]): Check[] {
  const now = new Map(read.map((x) => [x.path, x.sha256]));
  const known = new Set(scanned.map((x) => x.path));
  const apart = [
    ...scanned
      .filter((x) => now.get(x.path) !== x.sha256)
      .map(
        ({ path }) => `${path}: ${now.has(path) ? 'not the bytes that were scanned' : 'was scanned, and is not there'}`,
      ),
    ...read.filter((x) => !known.has(x.path)).map(({ path }) => `${path}: was not scanned`),
  ];
  if (apart.length === 0) return [{ what: `input files, ${scanned.length} in all: hashes in ${REPORT}`, holds: true }];
  return apart.map((what) => ({ what: `input ${what}`, holds: false }));
}

/** The options a report was made with; what no option of ours looks like is passed over. */
function optionsOf(options: object): ScanOptions {
  const given = options as Record<string, unknown>;
  const map = typeof given['map'] === 'object' && given['map'] !== null ? given['map'] : {};
  return {
    map: Object.fromEntries(
      Object.entries(map).filter(([k, v]) => FIELD_NAMES.includes(k as FieldName) && typeof v === 'string'),
    ),
    exactBylines: given['exactBylines'] === true,
    keepQuotations: given['keepQuotations'] === true,
    ...(given['inlineSkip'] === false ? { inlineSkip: false } : {}),
    allPairs: given['allPairs'] === true,
  };
}

/** What was noted while looking for files, which are not in the bundle: taken over from the report. */
const WHILE_LOOKING: ReadonlySet<string> = new Set([
  'ignored',
  'other-files',
  'symlink-loop',
  'too-large',
  'unreadable',
  ...['archive-link', 'archive-name', 'archive-nested', 'archive-twice'],
]);

async function* unpacked(
  files: Unzipped,
  inputs: Manifest['inputs'],
  notices: Report['notices'],
): AsyncGenerator<ReadSource> {
  for (const notice of notices) if (WHILE_LOOKING.has(notice.code)) yield { notice };
  for (const { path, name, folder } of inputs)
    yield { file: { path: String(path), folder: typeof folder === 'string' ? folder : null, bytes: files[name!]! } };
}
