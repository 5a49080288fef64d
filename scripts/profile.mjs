// Profiles a scan of a made dump, every thread: npm run bench:profile [-- --corpus DIR --articles N].
// The profiles go to profiles/, each drawn as a flame graph; a browser's developer tools open them as well.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDump } from '../dist/train/dump.js';
import { flameGraph } from './flame.mjs';

const flag = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const corpora = ['c50-half', 'digitalgov', 'blog18f', 'brennan-greenstadt-45'].map((name) =>
  join(flag('--corpus', '../shared/corpora'), `${name}.jsonl`),
);
rmSync('profiles', { recursive: true, force: true });
mkdirSync('profiles');
await makeDump(corpora, Number(flag('--articles', '10000')), 'profiles/dump.jsonl');
const scan = ['bin/manyhands.js', 'scan', 'profiles/dump.jsonl', '--no-cache', '-o', 'profiles/report.txt'];
const { status } = spawnSync(process.execPath, ['--cpu-prof', '--cpu-prof-dir=profiles', ...scan], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

const own = new Map();
for (const file of readdirSync('profiles').filter((name) => name.endsWith('.cpuprofile'))) {
  const profile = JSON.parse(readFileSync(join('profiles', file), 'utf8'));
  writeFileSync(join('profiles', file.replace(/cpuprofile$/, 'svg')), flameGraph(profile));
  const { nodes, samples, timeDeltas } = profile;
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  samples.forEach((id, i) => {
    const { functionName, url, lineNumber } = byId.get(id);
    const name = `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;
    own.set(name, (own.get(name) ?? 0) + timeDeltas[i] / 1e6);
  });
}
const top = [...own].filter(([name]) => !/^\(idle\)|^atomicsWait/.test(name)).sort((a, b) => b[1] - a[1]);
for (const [name, seconds] of top.slice(0, 30)) console.log(`${seconds.toFixed(2).padStart(8)} s  ${name}`);
