/** A part of a name that says whose it is, in letters. */
const TELLING = 3;
const TITLES = /^(?:prof|professor|mrs|sir|phd|dame|lord|lady|rev)$/;

/** The telling parts of a person's name: lower case, without accents, initials and titles. "WilliamKazer" has two. */
export function tellingParts(name: string): string[] {
  const plain = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  return (plain.match(/[\p{L}\p{N}'’]+/gu) ?? []).filter((part) => part.length >= TELLING && !TITLES.test(part));
}

/** What is the same for a person however printed, "Dr. Ana B. Ruiz" or "ana-ruiz"; null where it does not name one. */
export function personKey(name: string): string | null {
  const parts = tellingParts(name);
  return parts.length < 2 ? null : `${parts[0]} ${parts.at(-1)}`;
}
