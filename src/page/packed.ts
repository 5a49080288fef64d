import { strFromU8, strToU8, unzlibSync, zlibSync } from 'fflate';

/**
 * Data for a block of the page: JSON, packed and in base64. A large dump's data would be most of the page otherwise, and
 * nothing in base64 can end the block or fool a reader of the source. The same data gives the same text.
 */
export function packed(data: unknown): string {
  const bytes = zlibSync(strToU8(JSON.stringify(data)), { level: 9 });
  return btoa(strFromU8(bytes, true));
}

/** What `packed` was given. */
export function unpacked(text: string): unknown {
  return JSON.parse(strFromU8(unzlibSync(strToU8(atob(text), true))));
}
