// Makes fixtures/demo from the corpora that may be committed: node scripts/make-demo.mjs DIR
// The choice is by rule, not by result: the most prolific digitalgov author becomes two invented bylines of 15 articles
// (every k-th of the earlier and of the later half); the next 14 single authors stay as they are, 12 articles each.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (folder === undefined || !existsSync(folder)) {
  console.error('give the folder of the corpora');
  process.exit(2);
}
const read = (name) =>
  readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const spread = (list, count) =>
  list.length <= count ? list : Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]);
const lines = (articles) => articles.map((a) => JSON.stringify(a)).join('\n') + '\n';

const byAuthor = new Map();
for (const article of read('digitalgov'))
  if (typeof article.author === 'string')
    byAuthor.set(article.author, [...(byAuthor.get(article.author) ?? []), article]);
const ranked = [...byAuthor]
  .map(([author, own]) => [
    author,
    own.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.id < b.id ? -1 : 1)),
  ])
  .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
const [, split] = ranked[0];
const half = split.length >> 1;
const invented = [
  ...spread(split.slice(0, half), 15).map((a) => ({ ...a, author: 'Dana Whitfield' })),
  ...spread(split.slice(half), 15).map((a) => ({ ...a, author: 'Peter Okafor' })),
];
const honest = ranked.slice(1, 15).flatMap(([, own]) => spread(own, 12));
mkdirSync('fixtures/demo', { recursive: true });
writeFileSync('fixtures/demo/digitalgov.jsonl', lines([...invented, ...honest].sort((a, b) => (a.id < b.id ? -1 : 1))));
writeFileSync(
  'fixtures/demo/federalist.jsonl',
  lines(read('federalist').map((article) => ({ ...article, hand: undefined }))),
);
