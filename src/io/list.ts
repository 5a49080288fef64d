/** Most names in a list of files. */
const MAX_NAMES = 1_000_000;

/**
 * The names in a list of files: one a line, or separated by NUL as `git diff -z` and `find -print0` write them. Names
 * that git quotes are unquoted. Empty lines are passed over.
 *
 * @returns null when there are more than a million
 */
export function namesIn(bytes: Uint8Array): readonly string[] | null {
  const text = new TextDecoder().decode(bytes);
  const names = text.includes('\0')
    ? text.split('\0')
    : text.split('\n').map((line) => unquoted(line.replace(/\r$/, '')));
  const kept = names.filter((name) => name.trim() !== '');
  return kept.length > MAX_NAMES ? null : kept;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' },
};

/** Undoes git's quoting of unusual names: "caf\303\251.md", in bytes. */
function unquoted(line: string): string {
  const inner = /^"((?:[^"\\]|\\.)*)"$/.exec(line)?.[1];
  if (inner === undefined) return line;
  const bytes = [...inner.matchAll(/\\([0-3][0-7]{2})|\\(.)|([^\\]+)/gsu)].map(([, octal, escape, plain]) =>
    octal === undefined ? Buffer.from(plain ?? ESCAPES[escape!] ?? escape!) : Buffer.from([parseInt(octal, 8)]),
  );
  return Buffer.concat(bytes).toString('utf8');
}
