/** What a dump of a database begins with, behind comments. A comment ends at its first end, so that there is one way to read many. */
const BEGINS =
  /^(?:\s|--[^\n]*\n|\/\*(?:(?!\*\/)[^])*\*\/;?|#[^\n]*\n)*(?:SET|USE|BEGIN|START TRANSACTION|PRAGMA|SELECT pg_catalog|CREATE (?:TABLE|DATABASE|SCHEMA|EXTENSION)|DROP TABLE|LOCK TABLES|INSERT INTO)\s/i;
/** Statements that a dump has, and prose that begins as one has not. */
const HOLDS =
  /^[ \t]*(?:INSERT INTO\s+\S+\s*(?:\([^\n]*\)\s*)?(?:VALUES|SELECT)\b|COPY\s+\S+\s*\([^\n]*\)\s+FROM stdin;|CREATE TABLE\s+(?:IF NOT EXISTS\s+)?\S+\s*\()/im;

/** True for a dump of a database as statements, whatever it is called. */
export function isSql(path: string, bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 16_000));
  return HOLDS.test(start) && (/\.sql(?:\.gz)?$/i.test(path) || BEGINS.test(start));
}
