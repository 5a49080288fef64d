/** True for bytes that begin with these letters, each a byte: by it files tell what they are, whatever they are called. */
function beginsWith(bytes: Uint8Array, mark: string): boolean {
  return String.fromCharCode(...bytes.subarray(0, mark.length)) === mark;
}

/** True for what begins as gzip data. */
export function isGzip(bytes: Uint8Array): boolean {
  return beginsWith(bytes, '\x1f\x8b');
}

/** True for what begins as a PDF. */
export function isPdf(bytes: Uint8Array): boolean {
  return beginsWith(bytes, '%PDF-');
}

/** True for rich text. */
export function isRtf(bytes: Uint8Array): boolean {
  return beginsWith(bytes, '{\\rtf');
}

/** True for Parquet, whole or not, encrypted or not. */
export function isParquet(bytes: Uint8Array): boolean {
  return beginsWith(bytes, 'PAR1') || isLockedParquet(bytes);
}

/** True for Parquet whose footer is encrypted. */
export function isLockedParquet(bytes: Uint8Array): boolean {
  return beginsWith(bytes, 'PARE');
}

/** True for what begins as a zip archive, an empty one as well. */
export function isZip(bytes: Uint8Array): boolean {
  return beginsWith(bytes, 'PK\x03\x04') || beginsWith(bytes, 'PK\x05\x06');
}
