// What goes wrong while a reference is written or has been damaged: kills, a full disk, two writers, changed bytes.
// node scripts/faults.mjs [--kills 50] [--mutations 500] [--seed 1]; needs a build. Ends with 1 when a promise is broken.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFiles, loadForCheck, openSaved } from '../dist/gate/gate.js';
import { loadWhole } from '../dist/gate/loaded.js';
import { readSources } from '../dist/io/io.js';
import { seededRandom } from '../dist/math/random.js';

const flag = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const kills = flag('kills', 50);
const mutations = flag('mutations', 500);
const random = seededRandom(flag('seed', 1));
const work = mkdtempSync(join(tmpdir(), 'manyhands-faults-'));
let broken = 0;
const say = (what, outcome, ok) => {
  if (!ok) broken++;
  process.stdout.write(`${ok ? 'ok' : 'BROKEN'} | ${what} | ${outcome}\n`);
};

const lines = ['fixtures/demo/digitalgov.jsonl', 'fixtures/demo/federalist.jsonl'].flatMap((p) =>
  readFileSync(p, 'utf8').trim().split('\n'),
);
const part = (name, keep) => {
  const path = join(work, name);
  writeFileSync(path, `${lines.filter((_, i) => keep(i)).join('\n')}\n`);
  return path;
};
const first = part('first.jsonl', (i) => i % 3 === 0);
const second = part('second.jsonl', (i) => i % 3 === 1);
const third = part('third.jsonl', (i) => i % 3 === 2);
const submission = part('submission.jsonl', (i) => i === 2 || i === 200);
const enrollArgs = (path, reference, add) => [
  'bin/manyhands.js',
  'enroll',
  path,
  '--output',
  reference,
  ...(add ? ['--add'] : []),
];
const run = (args) => spawnSync(process.execPath, args, { encoding: 'utf8' });
const idOf = async (reference) => {
  const saved = await openSaved(reference);
  await loadForCheck(saved);
  await loadWhole(saved);
  return saved.id;
};
const fresh = (name) => {
  const to = join(work, name);
  rmSync(to, { recursive: true, force: true });
  cpSync(pristine, to, { recursive: true });
  return to;
};

const pristine = join(work, 'pristine');
const made = run(enrollArgs(first, pristine, false));
if (made.status !== 0) throw new Error(made.stderr);
const oldId = await idOf(pristine);

async function killed() {
  const trial = fresh('trial');
  const started = performance.now();
  if (run(enrollArgs(second, trial, true)).status !== 0) throw new Error('enroll --add failed');
  const whole = performance.now() - started;
  const newId = await idOf(trial);
  const seen = { old: 0, new: 0, neither: 0 };
  for (let i = 0; i < kills; i++) {
    const target = fresh('killed');
    // Every second one in the last fifth, where files are written.
    const wait = i % 2 === 0 ? random() * whole : whole * (0.8 + 0.25 * random());
    const child = spawn(process.execPath, enrollArgs(second, target, true), { stdio: 'ignore' });
    const ended = new Promise((done) => child.on('exit', done));
    setTimeout(() => child.kill('SIGKILL'), wait);
    await ended;
    const id = await idOf(target).catch(() => null);
    seen[id === oldId ? 'old' : id === newId ? 'new' : 'neither']++;
    if (i % 10 === 0) {
      const again = run(enrollArgs(second, target, true));
      if (again.status !== 0 || (await idOf(target)) === oldId) seen.neither++;
    }
  }
  say(
    `enroll killed at ${kills} random moments`,
    `${seen.old} times the old reference, ${seen.new} the new, ${seen.neither} neither`,
    seen.neither === 0,
  );
}

function sizeOf(folder) {
  return readdirSync(folder).reduce((n, f) => n + statSync(join(folder, f)).size, 0);
}

async function fullDisk() {
  const small = join(work, 'small');
  mkdirSync(small);
  const kilobytes = Math.ceil((sizeOf(pristine) * 1.02) / 1024) + 64;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', small]);
  const isMounted = mounted.status === 0;
  const target = join(small, 'reference');
  cpSync(pristine, target, { recursive: true });
  // Without the right to mount, the shell limits how large a file may become: less than the manifest needs.
  const args = enrollArgs(second, target, true);
  const full = isMounted
    ? run(args)
    : spawnSync('sh', ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, ...args], { encoding: 'utf8' });
  const id = await idOf(target).catch(() => null);
  const clear = full.status === 2 && /cannot be written/.test(full.stderr) && !/\n\s+at /.test(full.stderr);
  say(
    `full disk (${isMounted ? `tmpfs of ${kilobytes} KB` : 'file size limit; no right to mount a tmpfs'})`,
    `exit ${full.status ?? full.signal}, ${id === oldId ? 'old reference whole' : 'OLD REFERENCE LOST'}: ${full.stderr.trim().split('\n')[0]}`,
    clear && id === oldId,
  );
  if (isMounted) spawnSync('umount', [small]);
}

async function twoAtOnce() {
  const target = fresh('two');
  const both = [second, third].map(
    (path) =>
      new Promise((done) => {
        const child = spawn(process.execPath, enrollArgs(path, target, true), { stdio: ['ignore', 'ignore', 'pipe'] });
        let err = '';
        child.stderr.on('data', (d) => (err += d));
        child.on('exit', (code) => done({ code, err }));
      }),
  );
  const ends = await Promise.all(both);
  const succeeded = ends.filter((e) => e.code === 0).length;
  const { manifest } = await openSaved(target);
  await idOf(target);
  const alone = [second, third].map((path) => {
    const one = fresh('one');
    run(enrollArgs(path, one, true));
    return JSON.parse(readFileSync(join(one, 'manifest.json'), 'utf8')).counts.articles;
  });
  const before = JSON.parse(readFileSync(join(pristine, 'manifest.json'), 'utf8')).counts.articles;
  const expected = succeeded === 2 ? alone[0] + alone[1] - before : alone[ends[0].code === 0 ? 0 : 1];
  const clean = ends.every((e) => e.code === 0 || (e.code === 2 && /another process/.test(e.err)));
  // Copies may be found across the two parts: at most a handful of articles fewer.
  const near = Math.abs(manifest.counts.articles - expected) <= 5;
  say(
    'two enrolls at once',
    `exits ${ends.map((e) => e.code).join(' and ')}, ${manifest.counts.articles} articles`,
    clean && succeeded > 0 && near,
  );
}

async function mutated() {
  const target = fresh('mutated');
  const answer = async () => JSON.stringify(await checkFiles(readSources([submission]), '0', { against: target }));
  const right = await answer();
  const names = readdirSync(target)
    .filter((n) => n !== 'lock')
    .sort();
  const seen = { refused: 0, 'same answer': 0, 'wrong answer': 0, crash: 0 };
  for (let i = 0; i < mutations; i++) {
    // The manifest, and small files, as often as large ones.
    const path = join(target, names[Math.floor(random() * names.length)]);
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    const at = Math.floor(random() * bytes.length);
    const kind = i % 5;
    if (kind < 3) changed[at] ^= 1 << Math.floor(random() * 8);
    else if (kind === 3) changed.fill(Math.floor(random() * 256), at, Math.min(bytes.length, at + 64));
    writeFileSync(path, kind === 4 ? changed.subarray(0, at) : changed);
    const same = kind !== 4 && changed.equals(bytes);
    try {
      const found = await answer();
      seen[found === right || same ? 'same answer' : 'wrong answer']++;
    } catch (error) {
      seen[error.name === 'UserError' ? 'refused' : 'crash']++;
      if (error.name !== 'UserError') process.stderr.write(`${path}: ${error.stack}\n`);
    }
    writeFileSync(path, bytes);
  }
  say(
    `${mutations} changed reference files`,
    Object.entries(seen)
      .map(([what, n]) => `${n} ${what}`)
      .join(', '),
    seen['wrong answer'] === 0 && seen.crash === 0,
  );
}

try {
  if (kills > 0) await killed();
  await fullDisk();
  await twoAtOnce();
  if (mutations > 0) await mutated();
} finally {
  if (existsSync(join(work, 'small'))) spawnSync('umount', [join(work, 'small')]);
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = broken === 0 ? 0 : 1;
