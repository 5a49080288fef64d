import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { seededRandom } from '../math/random.js';
import { sentences } from '../text/tokens.js';

/** Fewest articles of an author whose sentences are shuffled: of fewer, every article would be much like the others. */
const FEWEST = 4;
/** Articles a byline of the made dump has: 100,000 articles are of 5,000 bylines. */
export const PER_BYLINE = 20;

/** Words of an article: even between these, 500 on average. */
const [SHORTEST, LONGEST] = [250, 730];

/**
 * Share of words that become another word of the same author: a sentence that stands in several articles word for word
 * would rightly be cleaned away as a site's template, and hardly any text would be left to measure.
 */
const CHANGED = 0.25;

/** An author of the corpora: sentences by article, and every word in small letters. */
interface Author {
  readonly name: string;
  readonly articles: readonly (readonly string[])[];
  readonly words: readonly string[];
}

/**
 * Writes a dump of `articles` articles, made by shuffling sentences between the articles of one author: each article draws
 * its sentences from all of that author's, with a quarter of the words changed for others of the author's. Bylines beyond
 * the number of authors are further personas of the same authors, so same-hand pairs abound; it is for speed, not accuracy.
 *
 * @param corpora JSON Lines files of {author, text}
 * @param perByline articles a byline has
 * @returns words written, as spaces tell them
 */
export async function makeDump(
  corpora: readonly string[],
  articles: number,
  path: string,
  perByline = PER_BYLINE,
): Promise<number> {
  const authors = await authorsOf(corpora);
  const random = seededRandom(1);
  const out = await open(path, 'w');
  let words = 0;
  let held: string[] = [];
  const flush = async (): Promise<void> => {
    await out.write(held.join(''));
    held = [];
  };
  for (let i = 0; i < articles; i++) {
    const byline = Math.floor(i / perByline);
    const author = authors[byline % authors.length]!;
    const drawn: string[] = [];
    const length = SHORTEST + Math.floor(random() * (LONGEST - SHORTEST));
    for (let has = 0; has < length;) {
      const from = author.articles[Math.floor(random() * author.articles.length)]!;
      const sentence = changed(from[Math.floor(random() * from.length)]!, author, random);
      drawn.push(sentence);
      has += sentence.split(/\s+/).length;
      words += sentence.split(/\s+/).length;
    }
    const text = paragraphs(drawn);
    const date = new Date(Date.UTC(2001, 0, 1 + (i % 7000))).toISOString().slice(0, 10);
    held.push(
      `${JSON.stringify({ id: `a${i}`, author: `${author.name} ${Math.floor(byline / authors.length)}`, date, text })}\n`,
    );
    if (held.length === 1000) await flush();
  }
  await flush();
  await out.close();
  return words;
}

function changed(sentence: string, { words }: Author, random: () => number): string {
  return sentence
    .split(' ')
    .map((word) => (random() < CHANGED && /^[a-z]+$/.test(word) ? words[Math.floor(random() * words.length)]! : word))
    .join(' ');
}

function paragraphs(drawn: readonly string[]): string {
  const out: string[] = [];
  for (let at = 0; at < drawn.length; at += 3) out.push(drawn.slice(at, at + 3).join(' '));
  return out.join('\n\n');
}

async function authorsOf(corpora: readonly string[]): Promise<Author[]> {
  const byName = new Map<string, string[][]>();
  for (const path of corpora)
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const { author, text } = JSON.parse(line) as { author: unknown; text: string };
      if (typeof author !== 'string') continue;
      const own = byName.get(author) ?? [];
      byName.set(author, own);
      own.push(sentences(text.replace(/\r\n?/g, '\n')));
    }
  return [...byName]
    .map(([name, all]) => ({
      name,
      articles: all.filter((s) => s.length >= 3),
      words:
        all
          .flat()
          .join(' ')
          .match(/\b[a-z]+\b/g) ?? [],
    }))
    .filter((author) => author.articles.length >= FEWEST);
}
