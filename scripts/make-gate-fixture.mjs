// Submissions for the gate, from the demo: node scripts/make-gate-fixture.mjs [--archive FILE]
// The choice is by rule, not by result: the four bylines with most words, the two invented ones aside; of each its latest
// article. The first two stay as they are, the third is put under the first one's name, and into the fourth goes the
// longest paragraph of the archive's longest article, with invisible characters between its words.
// --archive writes what is left of the demo, which is what they are checked against, and makes no submissions.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const lines = readFileSync('fixtures/demo/digitalgov.jsonl', 'utf8').trim().split('\n');
const articles = lines.map((line) => JSON.parse(line));
const words = (text) => text.split(/\s+/).length;
const total = new Map();
for (const a of articles) total.set(a.author, (total.get(a.author) ?? 0) + words(a.text));
const bylines = [...total]
  .filter(([name]) => !/^[A-Z]/.test(name))
  .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  .slice(0, 4)
  .map(([name]) => name);
const latest = bylines.map(
  (name) => articles.filter((a) => a.author === name).sort((a, b) => (a.date < b.date ? 1 : -1))[0],
);
const taken = new Set(latest.map((a) => a.id));
const at = process.argv.indexOf('--archive');
if (at > 0) {
  writeFileSync(process.argv[at + 1], lines.filter((_, i) => !taken.has(articles[i].id)).join('\n') + '\n');
  process.exit(0);
}
const [first, second, third, fourth] = latest;
const longest = articles
  .filter((a) => !taken.has(a.id) && a.author !== fourth.author)
  .sort((a, b) => b.text.length - a.text.length)[0];
const paragraph = longest.text.split(/\n\s*\n/).sort((a, b) => b.length - a.length)[0];
const write = (name, { title, date }, author, text) =>
  writeFileSync(
    `fixtures/gate/new/${name}.md`,
    `---\nauthor: ${JSON.stringify(author)}\ntitle: ${JSON.stringify(title ?? name)}\ndate: ${date.slice(0, 10)}\n---\n\n${text.trim()}\n`,
  );
mkdirSync('fixtures/gate/new', { recursive: true });
write('honest-1', first, first.author, first.text);
write('honest-2', second, second.author, second.text);
write('another-hand', third, first.author, third.text);
write(
  'copied',
  fourth,
  fourth.author,
  `${fourth.text.trim()}\n\n${paragraph.replace(/ /g, (_, i) => (i % 7 === 0 ? '\u200b ' : ' '))}`,
);
writeFileSync(
  'fixtures/gate/new/skipped.md',
  `---\nauthor: ${JSON.stringify(fourth.author)}\nmanyhands-skip: a form, not written by us\n---\n\nA form that is not ours.\n`,
);
