import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { loadModel, modelWithout, packBackground, shareAt } from '../../src/model/model.js';

describe('the model file', () => {
  const shipped = readFileSync('model/manyhands-1.json', 'utf8');
  const folder = (): string => mkdtempSync(join(tmpdir(), 'manyhands-model-'));
  const loaded = (content: string): ReturnType<typeof loadModel> => {
    const path = join(folder(), 'model.json');
    writeFileSync(path, content);
    return loadModel(pathToFileURL(path));
  };

  it('is a mistake of the user’s to mend where it is missing, of another format or damaged', () => {
    expect(() => loadModel(pathToFileURL(join(folder(), 'none.json')))).toThrow(/missing/);
    const format = JSON.stringify({ ...(JSON.parse(shipped) as object), format: 2 });
    expect(() => loaded(format)).toThrow(/format 2/);
    const packed = JSON.stringify({ ...(JSON.parse(shipped) as object), background: 'AAAA' });
    for (const damaged of [shipped.slice(0, -100), '', 'null', '3', packed]) {
      expect(() => loaded(damaged)).toThrow(UserError);
      expect(() => loaded(damaged)).toThrow(/damaged/);
    }
  });

  it('holds a background that is packed and unpacked without loss', () => {
    const { background } = JSON.parse(shipped) as { readonly background: string };
    const content = (packed: string): Buffer => gunzipSync(Buffer.from(packed, 'base64'));
    expect(content(packBackground(loadModel().background)).equals(content(background))).toBe(true);
  });

  it('gives the calibrations fitted without a corpus, with the caps and shares of all', () => {
    const model = loadModel();
    const without = modelWithout(model, 'c50-half')!;
    expect(without.pairs.weights).toEqual(model.without['c50-half']!.pairs.weights);
    expect(without.pairs.weights).not.toEqual(model.pairs.weights);
    expect([without.pairs.cap, without.pairs.falseShare]).toEqual([model.pairs.cap, model.pairs.falseShare]);
    expect(without.check.weights).toEqual(model.check.without['c50-half']!.weights);
    expect(without.check.honestShare).toEqual(model.check.honestShare);
    expect(modelWithout(model, 'toString')).toBeNull();
  });
});

describe('a table of shares', () => {
  it('is read as it stands at its steps, between them in between, and beyond its ends as at them', () => {
    const table = [1, 0.1, 0.001];
    expect([0, 0.5, 1].map((x) => shareAt(table, x))).toEqual(table.map((share) => expect.closeTo(share, 12)));
    expect(shareAt(table, 0.75)).toBeCloseTo(0.01, 12);
    expect([shareAt(table, -3), shareAt(table, 9)]).toEqual([1, expect.closeTo(0.001, 12)]);
  });
});
