// Makes fixtures/page/report.json from a report of the demo: node scripts/make-page-fixture.mjs report.json
// Eight bylines are kept, and 24 articles of Publius, which get dates and links, so that the page has a timeline to draw.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
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
