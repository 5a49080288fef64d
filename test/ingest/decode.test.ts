import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { decode, pieces, textOf } from '../../src/ingest/decode.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, big: boolean, mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
  return big ? bytes.swap16() : bytes;
}

/** Encodes by looking each character up in what the decoder makes of each byte. */
function singleByte(text: string, label: string): Uint8Array {
  // windows-1254 has the same quotation marks; Node 20 decodes windows-1252 without them.
  const table = new TextDecoder(label === 'windows-1252' ? 'windows-1254' : label).decode(
    Uint8Array.from({ length: 256 }, (_, i) => i),
  );
  return Uint8Array.from([...text].map((c) => table.indexOf(c)));
}

function read(
  bytes: Uint8Array,
  hint: string | null = null,
): { text: string; encoding: string; line: number | null } | null {
  const decoded = decode(bytes, hint);
  return decoded === null ? null : { text: textOf(decoded), encoding: decoded.encoding, line: decoded.firstBadLine };
}

describe('text is read whatever it is written in', () => {
  it('UTF-8 comes back as it was, with and without a mark', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((s) => !/[\0-\x1f\uFEFF]/.test(s)),
        (s) => {
          expect(read(utf8(s))).toEqual({ text: s, encoding: 'utf-8', line: null });
          expect(read(utf8(`\uFEFF${s}`))?.text).toBe(s);
        },
      ),
    );
  });

  it.each([true, false])('UTF-16, big-endian %s, marked or not', (big) => {
    const text = 'The senator said: “no comment”.\n'.repeat(3);
    for (const mark of [true, false]) expect(read(utf16(text, big, mark))?.text).toBe(text);
  });

  it.each([
    ['windows-1252', 'The café’s owner – a naïve man – said “no”.'],
    ['windows-1250', 'Zażółć gęślą jaźń, powiedział łagodnie.'],
    ['windows-1251', 'Сегодня в городе прошла большая выставка.'],
    ['koi8-r', 'Сегодня в городе прошла большая выставка.'],
    ['windows-1253', 'Η κυβέρνηση ανακοίνωσε νέα μέτρα σήμερα.'],
    ['windows-1256', 'قال الوزير إن الحكومة ستعلن عن إجراءات جديدة اليوم'],
  ])('%s is recognised', (label, text) => {
    expect(read(singleByte(text, label))).toEqual({ text, encoding: label, line: null });
  });

  it('an encoding the document names is believed', () => {
    expect(read(singleByte('Привет', 'koi8-r'), 'koi8-r')?.text).toBe('Привет');
    expect(read(Uint8Array.of(65, 0x92, 66), 'no-such-label')?.text).toBe('A’B');
  });

  it('a damaged place in UTF-8 costs that place only, and its line is said', () => {
    const bytes = Buffer.concat([utf8('one é\ntwo é “é”\nthree '), Uint8Array.of(0xff, 0xfe), utf8(' end\n')]);
    expect(read(bytes)).toEqual({ text: 'one é\ntwo é “é”\nthree \uFFFD\uFFFD end\n', encoding: 'utf-8', line: 3 });
    const ascii = Buffer.concat([utf8('one\ntwo '), Uint8Array.of(0xff), utf8(' end\n')]);
    expect(read(ascii)?.line).toBe(2);
  });

  it.each<[string, Uint8Array]>([
    ['zero bytes', Uint8Array.from({ length: 400 }, (_, i) => (i * 37) % 11)],
    ['zip', Uint8Array.of(80, 75, 3, 4, 65, 66, 67)],
    ['noise', Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255)],
  ])('%s is binary, no text', (_, bytes) => {
    expect(decode(bytes)).toBeNull();
  });

  it('never throws on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes)));
  });

  it('is cut into pieces at line breaks without loss', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'bb', '\n', 'é'), { maxLength: 50 }),
        fc.integer({ min: 1, max: 9 }),
        (words, size) => {
          const bytes = utf8(words.join(''));
          const cut = [...pieces(bytes, size)];
          expect(Buffer.concat(cut).toString()).toBe(words.join(''));
          for (const piece of cut.slice(0, -1)) expect(piece.at(-1)).toBe(10);
        },
      ),
    );
  });
});
