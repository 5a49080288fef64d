import { zipSync, type Zippable } from 'fflate';
import { UserError } from '../errors.js';
import { checkNotOver, readSources, writeFileAtomic } from '../io/io.js';
import { visible } from '../text/visible.js';
import type { Report, SourceFile } from '../types/types.js';
import { madeFrom, MANIFEST, MAX_BYTES, REPORT, sha256, type Manifest } from './evidence.js';
import { readReport } from './report.js';

/** Any fixed date: a clock would change the bytes. Zip dates are local and begin in 1980. */
const DATE = new Date(1980, 0, 1);

/** `manyhands bundle RUN.json --output evidence.zip`: all that a second person needs to check a report. */
export async function bundle(
  path: string,
  options: { readonly output: string; readonly in?: readonly string[] },
): Promise<void> {
  const written = await checkNotOver(options.output, path);
  const { report, bytes } = await readReport(path);
  const packed = options.in === undefined ? [] : await dumpOf(report, options.in, written);
  const files: Record<string, Uint8Array> = { [REPORT]: bytes, ...madeFrom(report) };
  packed.forEach(({ name, file }) => (files[name] = file.bytes));
  const manifest: Manifest = {
    schema: 'manyhands.bundle/1',
    tool: { name: 'manyhands', version: report.tool.version, model: report.tool.model },
    command: report.tool.command ?? [],
    inputs: (report.inputs ?? []).map((input, i) => ({
      ...input,
      ...(packed[i] === undefined ? {} : { name: packed[i].name, folder: packed[i].file.folder }),
    })),
    files: Object.entries(files)
      .map(([name, content]) => ({ name, bytes: content.length, sha256: sha256(content) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  const total = Object.values(files).reduce((sum, f) => sum + f.length, 0);
  if (total > MAX_BYTES)
    throw new UserError(
      `${total} bytes; an evidence file holds at most ${MAX_BYTES}`,
      'Bundle without --in, and keep the dump beside it.',
    );
  const zip: Zippable = {};
  for (const [name, content] of Object.entries({ ...files, [MANIFEST]: text }).sort((a, b) => (a[0] < b[0] ? -1 : 1)))
    zip[name] = [content, { level: 9, mtime: DATE }];
  await writeFileAtomic(options.output, zipSync(zip));
}

/**
 * The files of the dump in the order the report read them.
 *
 * @throws UserError when they are not the files, byte for byte, that the report was made from
 */
async function dumpOf(
  report: Report,
  paths: readonly string[],
  written: string | null,
): Promise<{ name: string; file: SourceFile }[]> {
  if (report.inputs === undefined)
    throw new UserError('the report does not say which files it read', 'Make it again with this version of manyhands.');
  const found = new Map<string, SourceFile[]>();
  for await (const x of readSources(paths, written === null ? {} : { written: [written] }))
    if ('file' in x) {
      if (x.file.firstLine !== undefined)
        throw new UserError(`${visible(x.file.path)}: too long a file for a bundle`, 'Split it, and scan the parts.');
      const hash = sha256(x.file.bytes);
      found.set(hash, [...(found.get(hash) ?? []), x.file]);
    }
  return report.inputs.map((input, i) => {
    const same = found.get(input.sha256) ?? [];
    const file = same.find((f) => f.path === input.path) ?? same[0];
    if (file === undefined)
      throw new UserError(
        `${visible(input.path)}: not found in --in with the content that the report read`,
        'Give the same files as to scan, unchanged.',
      );
    const name = input.path
      .split('/')
      .at(-1)!
      .replace(/[^\w.-]+/g, '_')
      .slice(-80);
    return { name: `input/${String(i + 1).padStart(5, '0')}-${name}`, file };
  });
}
