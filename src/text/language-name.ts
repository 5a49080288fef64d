let languages: Intl.DisplayNames | null = null;

/** What people call a language: "French" for "fr"; what is no code of a language stays as it is. */
export function languageName(lang: string): string {
  languages ??= new Intl.DisplayNames(['en'], { type: 'language' });
  return /^[a-z]{2,3}$/.test(lang) ? (languages.of(lang) ?? lang) : lang;
}
