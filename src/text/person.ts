/** Cyrillic and Greek letters beside the Latin letters they look like. */
const LOOKALIKES = new Map(
  'аaеeоoрpсcуyхxіiјjѕsһhԁdАAВBЕEКKМMНHОOРPСCТTХXУYІIЈJЅSοoνvαaρpιiΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX'
    .match(/../gu)!
    .map((pair): [string, string] => [pair[0], pair[1]]),
);
const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;

/** Letters that one language writes in one way and its keyboards in another. */
const FOLDED = new Map([
  ...[...'øołlđdıiðd'].flatMap((c, i, all): [string, string][] => (i % 2 === 0 ? [[c, all[i + 1]]] : [])),
  ...(['ßss', 'æae', 'œoe', 'þth'] as const).map((s): [string, string] => [s[0], s.slice(1)]),
  ...(['يی', 'ىی', 'كک', 'أا', 'إا', 'آا', 'ةه'] as const).map((s): [string, string] => [s[0], s[1]]),
]);

/** Cyrillic letters by the Latin ones that look like them. */
const CYRILLIC = new Map(
  [...LOOKALIKES].filter(([c]) => /\p{Script=Cyrillic}/u.test(c)).map(([c, latin]) => [latin, c]),
);
const MIXED = /(?=\p{L}*\p{Script=Cyrillic})(?=\p{L}*\p{Script=Latin})\p{L}+/gu;

/**
 * The name in Latin letters, where some of its letters are another script's made to look like them; with Latin letters inside
 * Cyrillic words as Cyrillic ones; else as it is.
 */
export function unmasked(name: string): string {
  if (!/\p{Script=Latin}/u.test(name) || name.search(OTHER_SCRIPT) < 0) return name;
  const mapped = name.replace(OTHER_SCRIPT, (c) => LOOKALIKES.get(c) ?? c);
  if (mapped.search(OTHER_SCRIPT) < 0) return mapped;
  return name.replace(MIXED, (word) => {
    const own = word.replace(/\p{Script=Latin}/gu, (c) => CYRILLIC.get(c) ?? c);
    return /\p{Script=Latin}/u.test(own) ? word : own;
  });
}

/**
 * A name without what tells spellings of it apart: compatibility forms, letters of another script, case, accents,
 * apostrophes and invisible characters are folded. Every way of asking whether two names are one begins here.
 */
export function foldedName(name: string): string {
  return (
    unmasked(name.normalize('NFKC'))
      .toLowerCase()
      .replace(/[\u00ad\u0640\u200b-\u200f\u2060\ufeff]/gu, '')
      .replace(/[øłđıðßæœþيىكأإآة]/gu, (c) => FOLDED.get(c) ?? c)
      .normalize('NFD')
      // Accents of Latin, Greek and Cyrillic, vowel signs of Arabic; the marks of other scripts are letters.
      .replace(/[\u0300-\u036f\u064b-\u0655\u0670]/gu, '')
      .normalize('NFC')
      .replace(/['’‘ʼʹ`´"“”]/gu, '')
  );
}

/** A part of a name that says whose it is, in letters. */
const TELLING = 3;
const TITLES = /^(?:prof|professor|mrs|sir|phd|dame|lord|lady|rev)$/;

/** The telling parts of a person's name, folded, without initials and titles. "WilliamKazer" has two. */
export function tellingParts(name: string): string[] {
  const plain = foldedName(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
  return (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter((part) => part.length >= TELLING && !TITLES.test(part));
}

/** What is the same for a person however printed, "Dr. Ana B. Ruiz" or "ana-ruiz"; null where it does not name one. */
export function personKey(name: string): string | null {
  const parts = tellingParts(name);
  return parts.length < 2 ? null : `${parts[0]} ${parts.at(-1)}`;
}
