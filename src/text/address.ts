/** Where a page of a web archive was saved from: it is called "site.warc/https://example.org/a". Null for any other file. */
export function addressIn(path: string): string | null {
  return /\/(https?:\/\/.*)$/is.exec(path)?.[1] ?? null;
}
