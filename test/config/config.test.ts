import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import {
  CHECK_FORMATS,
  configSchema,
  findConfig,
  fromEnvironment,
  misspelt,
  readConfig,
  SETTINGS,
  variableOf,
} from '../../src/config/config.js';
import { UserError } from '../../src/errors.js';
import { CHECK_REPORTERS } from '../../src/report/check/formats.js';
import { folderWith, manyhands } from '../helpers.js';

interface Printed {
  file: string | null;
  settings: Record<string, { value: unknown; from: string }>;
}
const printed = (cwd: string, args: readonly string[] = [], env: Record<string, string> = {}): Printed => {
  const { code, out, err } = manyhands(['scan', '--print-config', ...args], { cwd, env });
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Printed;
};
const said = (error: unknown): string => {
  if (!(error instanceof UserError)) throw error;
  return `${error.message}\n  ${error.hint ?? ''}`;
};
const refused = (files: Record<string, string>): Promise<string> =>
  findConfig(folderWith(files)).then(() => 'taken', said);

describe('where a configuration is found', () => {
  const own = JSON.stringify({ exactBylines: true });

  it.each(['manyhands.config.json', '.manyhandsrc', '.manyhandsrc.json'])('%s, in the folder or above it', (name) => {
    const folder = folderWith({ [name]: own, 'a/b/x.txt': '' });
    expect(printed(folder)).toMatchObject({ file: name, settings: { exactBylines: { value: true, from: 'file' } } });
    expect(printed(join(folder, 'a/b')).file).toBe(`../../${name}`);
  });

  it('the key "manyhands" of package.json; one without the key, or broken, is passed over', () => {
    const folder = folderWith({
      'package.json': JSON.stringify({ manyhands: { exactBylines: true } }),
      'a/package.json': '{"name": "other"}',
      'b/package.json': '{',
    });
    for (const below of ['', 'a', 'b'])
      expect(printed(join(folder, below)).settings['exactBylines']).toEqual({ value: true, from: 'file' });
  });

  it('the nearest one wins, --config names another, --no-config none', () => {
    const folder = folderWith({
      'manyhands.config.json': own,
      'a/manyhands.config.json': '{"keepQuotations": true}',
      'other.json': '{"scan": {"format": "csv"}}',
    });
    const a = join(folder, 'a');
    expect(printed(a).settings).toMatchObject({ exactBylines: { value: false }, keepQuotations: { value: true } });
    expect(printed(a, ['--config', '../other.json']).settings['scan.format']).toEqual({ value: 'csv', from: 'file' });
    expect(printed(a, [], { MANYHANDS_CONFIG: '../other.json' }).file).toBe('../other.json');
    expect(printed(a, ['--no-config']).file).toBe(null);
  });
});

describe('what holds', () => {
  it('a flag before the environment before the file before the default', () => {
    const folder = folderWith({ '.manyhandsrc': '{"scan": {"format": "csv"}}' });
    const format = (args: string[], env: Record<string, string>): unknown =>
      printed(folder, args, env).settings['scan.format'];
    const env = { MANYHANDS_SCAN_FORMAT: 'json' };
    expect(format(['--format', 'html'], env)).toEqual({ value: 'html', from: 'flag' });
    expect(format([], env)).toEqual({ value: 'json', from: 'environment' });
    expect(format([], {})).toEqual({ value: 'csv', from: 'file' });
    expect(format(['--no-config'], {})).toEqual({ value: 'terminal', from: 'default' });
  });

  it('and reaches the command: a format and a map from the file', () => {
    const folder = folderWith({
      'manyhands.config.json': JSON.stringify({
        map: { author: 'hand', text: 'words' },
        scan: { format: 'json' },
      }),
      'dump.jsonl': `${JSON.stringify({ hand: 'Ann Writer', words: 'A few words of her own, enough to be read by it.' })}\n`,
    });
    const { code, out } = manyhands(['scan', 'dump.jsonl'], { cwd: folder });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ bylines: [{ byline: 'Ann Writer' }] });
  });

  it('paths in a file are relative to the file', async () => {
    const folder = folderWith({
      'manyhands.config.json': JSON.stringify({
        check: { against: 'ref', baseline: './ok.json', format: ['terminal', 'sarif=out/x=y.sarif', 'json=-'] },
      }),
      'a/x.txt': '',
    });
    const values = (await findConfig(join(folder, 'a')))!.values;
    expect(values.get('check.against')).toBe('../ref');
    expect(values.get('check.baseline')).toBe('../ok.json');
    expect(values.get('check.format')).toEqual(['terminal', 'sarif=../out/x=y.sarif', 'json=-']);
  });

  it('variables are read by kind, and those that no setting has are nobody’s business', () => {
    const read = fromEnvironment({
      MANYHANDS_EXACT_BYLINES: '1',
      MANYHANDS_INLINE_SKIP: 'no',
      MANYHANDS_CHECK_MAX_FINDINGS: '3',
      MANYHANDS_CHECK_FORMAT: 'terminal, sarif=out.sarif',
      MANYHANDS_MAP: 'author=writer,text=a=b',
      MANYHANDS_SCAN_FORMAT: '',
      MANYHANDS_WHATEVER: 'x',
    });
    expect(Object.fromEntries(read)).toEqual({
      exactBylines: true,
      inlineSkip: false,
      'check.maxFindings': 3,
      'check.format': ['terminal', 'sarif=out.sarif'],
      map: { author: 'writer', text: 'a=b' },
    });
  });
});

describe('what is wrong is said, with the nearest that is right', () => {
  it.each([
    [{ exactByline: true }, /there is no setting "exactByline"\n {2}Did you mean exactBylines\?/],
    [{ check: { failon: 'strong' } }, /no setting "check.failon"\n {2}Did you mean check.failOn\?/],
    [{ chek: { failOn: 'strong' } }, /no setting "chek"\n {2}Did you mean check\?/],
    [{ failOn: 'strong' }, /no setting "failOn"\n {2}Did you mean check.failOn\?/],
    [{ zzz: 1 }, /no setting "zzz"\n {2}Settings: map, /],
    [{ check: 1 }, /"check" must be an object/],
    [{ check: { failOn: 'stron' } }, /"check.failOn" must be one of: .*\n {2}Did you mean strong\?/],
    [{ check: { maxFindings: -1 } }, /whole number/],
    [{ check: { maxFindings: '1' } }, /whole number/],
    [{ check: { format: ['sarf=x'] } }, /no format "sarf"\n {2}Did you mean sarif\?/],
    [{ check: { format: [] } }, /"check.format" must be/],
    [{ map: { autor: 'x' } }, /no field "autor"\n {2}Did you mean author\?/],
    [{ map: {} }, /names no field/],
    [{ exactBylines: 'yes' }, /true or false/],
    [{ 'x\u001b[31m\u202e': 1 }, /"x\\x1b\[31m\\u\{202e\}"/],
    [[1], /must hold an object/],
  ])('%j', async (config, message) => {
    expect(await refused({ 'manyhands.config.json': JSON.stringify(config) })).toMatch(message);
  });

  it('on the command line without a stack, and with exit code 2', () => {
    const { code, out, err } = manyhands(['scan', 'x'], { cwd: folderWith({ '.manyhandsrc': '{"exactByline": 1}' }) });
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe('manyhands: .manyhandsrc: there is no setting "exactByline"\n  Did you mean exactBylines?\n');
  });

  it('"__proto__" is no setting', async () => {
    expect(await refused({ '.manyhandsrc': '{"__proto__": {"exactBylines": true}}' })).toMatch(
      /no setting "__proto__"/,
    );
  });

  it('broken JSON, with its line', async () => {
    expect(await refused({ '.manyhandsrc': '{\n  "exactBylines": true,\n}' })).toMatch(
      /\.manyhandsrc, line 3: not JSON/,
    );
  });

  it('a file that is not there', async () => {
    expect(await readConfig('none.json', '.').then(() => 'taken', said)).toMatch(
      /none\.json: cannot be read \(ENOENT\)/,
    );
  });

  it.each(['folder', 'pipe', 'device'])(
    'a %s of its name, which is not waited for; as a package.json it is passed over',
    async (kind) => {
      const folder = folderWith({ 'manyhands.config.json': '{"exactBylines": true}', 'a/b/x.txt': '' });
      const make = (path: string): void => {
        if (kind === 'folder') mkdirSync(join(folder, path));
        else if (kind === 'pipe') execFileSync('mkfifo', [join(folder, path)]);
        else symlinkSync('/dev/zero', join(folder, path));
      };
      make('a/package.json');
      expect((await findConfig(join(folder, 'a')))?.path).toBe('../manyhands.config.json');
      make('a/b/.manyhandsrc');
      expect(await findConfig(join(folder, 'a/b')).then(() => 'taken', said)).toMatch(
        /^\.manyhandsrc: is not a file\n.*--no-config/,
      );
    },
  );

  it('a variable that is named almost like a setting’s, and no other', () => {
    const env = { MANYHANDS_CHECK_FAILON: 'limited', MANYHANDS_CHECK_FAIL_ON: 'limited', MANYHANDS_STAGES: 'x' };
    expect(misspelt({ ...env, MANYHANDS_WHATEVER: 'x', MANYHANDS_EXACT_BYLINE: '', PATH: '/' })).toEqual([
      { variable: 'MANYHANDS_CHECK_FAILON', near: 'MANYHANDS_CHECK_FAIL_ON' },
    ]);
  });

  it('a variable, by its name', () => {
    expect(() => fromEnvironment({ MANYHANDS_EXACT_BYLINES: 'perhaps' })).toThrow(
      /MANYHANDS_EXACT_BYLINES: must be 1 or 0, true or false, not "perhaps"/,
    );
  });
});

describe('the formats of the settings', () => {
  it('are those that the commands have', () => {
    expect([...CHECK_FORMATS].sort()).toEqual(['terminal', 'json', ...Object.keys(CHECK_REPORTERS)].sort());
  });
});

describe('the shipped schema', () => {
  const path = 'schema/config-1.json';

  it('is the table of settings, written down', () => {
    const text = `${JSON.stringify(configSchema(), null, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('describes every setting, and takes and refuses what the program does', async () => {
    const schema = JSON.parse(readFileSync(path, 'utf8')) as { properties: Record<string, { description: string }> };
    for (const { description } of Object.values(schema.properties)) expect(description.length).toBeGreaterThan(10);
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
    const cases: [object, boolean][] = [
      [{}, true],
      [{ $schema: './x.json', map: { author: 'a' }, scan: { format: 'csv', allPairs: true } }, true],
      [{ check: { format: 'sarif=x', failOn: 'limited', maxFindings: 2, fail: false } }, true],
      [{ check: { format: ['terminal', 'junit=a.xml'] } }, true],
      [{ check: { format: ['junitx'] } }, false],
      [{ check: { failOn: 'x' } }, false],
      [{ unknown: 1 }, false],
      [{ map: { x: 'y' } }, false],
    ];
    for (const [config, good] of cases) {
      expect(validate(config), JSON.stringify(config)).toBe(good);
      const folder = folderWith({ '.manyhandsrc': JSON.stringify(config) });
      const taken = await findConfig(folder).then(
        () => true,
        () => false,
      );
      expect(taken, JSON.stringify(config)).toBe(good);
    }
  });

  it('every setting and variable stands in the guide', () => {
    const guide = readFileSync('docs/CI.md', 'utf8');
    for (const { key } of SETTINGS) {
      expect(guide).toContain(`\`${key}\``);
      expect(guide).toContain(`\`${variableOf(key)}\``);
    }
  });
});

describe('init', () => {
  it('writes a configuration that is read, once', () => {
    const folder = folderWith();
    const first = manyhands(['init'], { cwd: folder });
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toMatch(/wrote manyhands.config.json\nwrote .manyhandsignore/);
    expect(printed(folder).file).toBe('manyhands.config.json');
    const again = manyhands(['init'], { cwd: folder });
    expect(again.code).toBe(2);
    expect(again.err).toMatch(/there is a configuration already/);
  });

  it('keeps an ignore file that is there', () => {
    const folder = folderWith({ '.manyhandsignore': 'mine\n' });
    manyhands(['init'], { cwd: folder });
    expect(readFileSync(join(folder, '.manyhandsignore'), 'utf8')).toBe('mine\n');
  });
});
