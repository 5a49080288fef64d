const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as it stands between tags, of XML and of HTML; every character stays. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (c) => ENTITY[c]!);
}

/** Text for anywhere in XML; what XML 1.0 cannot hold at all (control characters, half surrogates) becomes U+FFFD. */
export function xml(value: string | number): string {
  return String(value)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (c) => ENTITY[c]!);
}
