const ENGLISH = new Set('the of and to in a is that for it was on are with as be at by this have from or had not but they which you were their has his an we he been would will its more there all said one about when'.split(' '));

/**
 * ISO 639-1 code of a text's language; null when it cannot be told. English is recognised by its function words;
 * only other texts load the language identifier (eld), on a sample of 600 characters.
 */
export async function languageOf(text: string): Promise<string | null> {
  const words = text.slice(0, 4000).toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < 20) return null;
  const english = words.reduce((n, w) => n + (ENGLISH.has(w) ? 1 : 0), 0);
  if (english / words.length > 0.2) return 'en';
  const { eld } = await import('eld/extrasmall');
  const answer = eld.detect(text.slice(0, 600));
  return answer.language === '' ? null : answer.language;
}
