// Makes model/english-words.txt of natural's lexicon (`npm run lexicon`; a test sees that it was done).
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const file = createRequire(import.meta.url).resolve(
  'natural/lib/natural/brill_pos_tagger/data/English/lexicon_from_posjs.json',
);
const lines = Object.entries(JSON.parse(readFileSync(file, 'utf8')))
  .filter(([word]) => word !== '')
  .map(([word, [first]]) => `${word}\t${first}\n`)
  .sort();
writeFileSync(new URL('../model/english-words.txt', import.meta.url), lines.join(''));
