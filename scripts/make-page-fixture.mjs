// Makes fixtures/page/report.json from a scan of the demo and of one invented reprint: node scripts/make-page-fixture.mjs
// Eight bylines are kept, and 24 articles of Publius, which get dates and links, so that the page has a timeline to draw.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const work = mkdtempSync(join(tmpdir(), 'manyhands-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const dump = join(work, 'dump');
cpSync('fixtures/demo', dump, { recursive: true });
const articles = readFileSync('fixtures/demo/digitalgov.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
// The reprint: an article of kdowney under the name of jherman, a word in every forty another one.
const original = articles.find((a) => a.author === 'kdowney');
const edited = original.text
  .split(' ')
  .map((word, i) => (i % 40 === 20 ? 'indeed' : word))
  .join(' ');
writeFileSync(
  join(dump, 'reprint.jsonl'),
  `${JSON.stringify({ ...original, id: 'invented-reprint', author: 'jherman', text: edited })}\n`,
);
const report = JSON.parse(
  execFileSync(process.execPath, ['bin/manyhands.js', 'scan', dump, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  }),
);
const kept = new Set([
  'Dana Whitfield',
  'Peter Okafor',
  'Publius',
  'tjohnson',
  'wsullivan',
  'apiazza',
  'jherman',
  'kdowney',
]);
const day = (i) => new Date(Date.UTC(1787, 9, 27 + 9 * i)).toISOString().slice(0, 10);
report.bylines = report.bylines
  .filter((b) => kept.has(b.byline))
  .map((b) => {
    const step = b.byline === 'Publius' ? Math.ceil(b.hands.assignments.length / 24) : 3;
    const assignments = b.hands.assignments
      .filter((_, i) => i % step === 0)
      .map((a, i) =>
        b.byline === 'Publius'
          ? { ...a, title: `Paper ${i + 1}`, date: day(i), url: `https://example.org/${a.article}` }
          : a,
      );
    return { ...b, hands: { ...b.hands, assignments } };
  });
report.pairs = report.pairs.filter((p) => kept.has(p.a) && kept.has(p.b));
const { bylines, log10LR } = report.clustering;
const at = bylines.map((b, i) => [b, i]).filter(([b]) => kept.has(b));
report.clustering = {
  bylines: at.map(([b]) => b),
  merges: at.slice(1).map((_, i) => ({ left: i === 0 ? 0 : at.length + i - 1, right: i + 1, score: -i })),
  log10LR: at.map(([, r], row) =>
    at
      .slice(0, row)
      .map(([, c]) => log10LR[r].split(' ')[c])
      .join(' '),
  ),
};
report.notices = report.notices.slice(0, 5);
mkdirSync('fixtures/page', { recursive: true });
writeFileSync('fixtures/page/report.json', `${JSON.stringify(report, null, 1)}\n`);
