import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageAssets } from '../../src/commands/render.js';
import { unpacked } from '../../src/page/packed.js';
import { pageHtml } from '../../src/page/page.js';
import type { Report } from '../../src/types/types.js';
import { manyhands } from '../helpers.js';
import { HOSTILE, hostileReport } from './hostile.js';
import { drawAll, executable, launch, open, violations } from './open.js';

const required = process.env['MANYHANDS_BROWSER'] === 'required';
if (executable === null && !required)
  console.log('browser tests skipped: no Chromium in /usr/bin, and the variable CHROMIUM names none');

const fixture = JSON.parse(readFileSync('fixtures/page/report.json', 'utf8')) as Report;
const PAIR = '#pair=Dana%20Whitfield/Peter%20Okafor';

/** On a busy machine a browser loses a download now and then, before the page has a part in it: it is pressed again, as a reader would. */
async function saved(page: Page, press: () => Promise<void>, tries = 3): Promise<{ name: string; text: string }> {
  const waited = page.waitForEvent('download', { timeout: 10_000 });
  const [download] = await Promise.allSettled([waited, press()]);
  if (download.status === 'rejected') {
    if (tries > 1) return saved(page, press, tries - 1);
    throw download.reason;
  }
  return { name: download.value.suggestedFilename(), text: readFileSync(await download.value.path(), 'utf8') };
}

describe.skipIf(executable === null && !required)('the page in a browser', () => {
  let browser: Browser;
  let html = '';
  beforeAll(async () => {
    browser = await launch();
    html = pageHtml(fixture, pageAssets());
  });
  afterAll(() => browser.close());

  it('opens from disk without a network, draws everything, and asks for nothing', async () => {
    const { page, trouble, close } = await open(browser, html);
    await drawAll(page);
    for (const name of ['Findings', 'Map', 'Matrix', 'Bylines', 'Pairs', 'How far to trust this'])
      expect(await page.getByRole('heading', { name, exact: true, level: 2 }).count(), name).toBe(1);
    expect(trouble).toEqual([]);
    await close();
  });

  it.each([
    ['light', { viewport: { width: 1200, height: 900 } }],
    ['dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' as const }],
    ['a phone 320 px wide', { viewport: { width: 320, height: 700 } }],
  ])('has no axe violation in %s, everything unfolded', async (_, options) => {
    const { page, trouble, close } = await open(browser, html, options);
    await drawAll(page);
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
    for (const table of ['Table: lines of the map', 'Table: matrix'])
      await page.getByRole('button', { name: table, exact: true }).click();
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => document.querySelector('h2')!.append(document.createElement('img')));
    expect(await violations(page)).not.toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    // A drawing that gives way to other columns loses what it shows.
    const widths = await page.locator('td svg.strip').evaluateAll((all) => all.map((e) => e.clientWidth));
    expect(widths.length).toBeGreaterThan(0);
    expect(new Set(widths.filter((width) => width > 0))).toEqual(new Set([140]));
    expect(trouble).toEqual([]);
    await close();
  });

  it('searches and sorts tables, and filters pairs by strength', async () => {
    const { page, close } = await open(browser, html);
    const rows = page.locator('#all-bylines tbody tr');
    await page.getByLabel('Search: All bylines').fill('okafor');
    expect(await rows.filter({ visible: true }).count()).toBe(1);
    await page.getByLabel('Search: All bylines').fill('');
    await page.locator('#all-bylines').getByRole('button', { name: 'words' }).click();
    expect(await rows.first().textContent()).toContain('Publius');
    await page.locator('#all-bylines').getByRole('button', { name: 'words' }).click();
    expect(await rows.last().textContent()).toContain('Publius');
    const pairs = page.locator('#all-pairs tbody tr');
    const all = await pairs.filter({ visible: true }).count();
    await page.getByLabel('Least log10 LR of a pair in the table').fill('1.5');
    expect(all).toBeGreaterThan(1);
    expect(await pairs.filter({ visible: true }).count()).toBe(1);
    await close();
  });

  it('finds a byline on the map, and goes by keyboard to its block', async () => {
    const { page, trouble, close } = await open(browser, html);
    await drawAll(page);
    const map = page.locator('#map-figure');
    await map.getByLabel('Find a byline on the map').fill('publius');
    expect(await map.getByRole('status').textContent()).toBe('1 byline found.');
    await map.getByLabel('Least log10 LR of a line').fill('1.5');
    expect(await map.getByRole('status').textContent()).toMatch(/^1 line /);
    await map.locator('canvas').focus();
    for (const key of ['ArrowLeft', '+', '-', 'n']) await page.keyboard.press(key);
    expect(await map.getByRole('status').textContent()).toMatch(/articles/);
    await page.keyboard.press('Enter');
    expect(page.url()).toMatch(/#byline=/);
    expect(trouble).toEqual([]);
    await close();
  });

  it('says what a line of the map is when it is pointed at, and opens its pair', async () => {
    const { page, trouble, close } = await open(browser, html);
    await drawAll(page);
    const map = page.locator('#map-figure');
    await map.getByLabel('Find a byline on the map').fill('dana');
    await map.locator('canvas').evaluate((c) => c.scrollIntoView({ block: 'center' }));
    const box = (await map.locator('canvas').boundingBox())!;
    const said = map.getByRole('status');
    // Dana stands in the middle now; the line of the pair lies level beside the dot.
    for (let away = 40; away < 240; away += 10)
      for (const side of [-1, 1]) {
        await page.mouse.move(box.x + box.width / 2 + side * away, box.y + box.height / 2);
        if (/reported as writing/.test((await said.textContent()) ?? '')) {
          await page.mouse.down();
          await page.mouse.up();
          await expect.poll(() => page.url()).toContain(PAIR);
          expect(trouble).toEqual([]);
          return close();
        }
      }
    throw new Error('no line was found beside the dot');
  });

  it('goes through the matrix by keyboard and opens a pair', async () => {
    const { page, close } = await open(browser, html);
    await drawAll(page);
    await page.locator('#matrix-figure canvas').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    expect(await page.locator('#matrix-figure').getByRole('status').textContent()).toMatch(/log10 LR [+\u2212\d]/);
    await page.keyboard.press('Enter');
    expect(page.url()).toMatch(/#(?:pair|byline)=/);
    await close();
  });

  it('opens a pair and a byline by permalink, also one that is not on the page yet', async () => {
    const folded = '#pair=tjohnson/wsullivan';
    for (const at of [PAIR, folded]) {
      const { page, close } = await open(browser, html, { at });
      await expect
        .poll(() => page.locator('details.pair:target').evaluate((d) => (d as HTMLDetailsElement).open))
        .toBe(true);
      expect(
        await page
          .locator('details.pair:target')
          .evaluate((d) => Math.abs(d.getBoundingClientRect().top) < innerHeight),
      ).toBe(true);
      await close();
    }
    const { page, trouble, close } = await open(browser, html, { at: '#byline=kdowney' });
    expect(await page.locator('#opened h3').textContent()).toBe('kdowney');
    await page.evaluate(() => (location.hash = '#byline=Publius'));
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('byline=Publius');
    expect(trouble).toEqual([]);
    await close();
  });

  it('lands where a link leads, though figures are drawn and blocks unfold on the way', async () => {
    for (const at of [PAIR, '#byline=Publius', '#trust', '#matrix']) {
      const { page, close } = await open(browser, html, { at, reducedMotion: 'no-preference' });
      const top = (): Promise<number> =>
        page.evaluate(() => document.getElementById(location.hash.slice(1))!.getBoundingClientRect().top);
      await expect.poll(top, { timeout: 3000 }).toBeLessThan(200);
      expect(await top()).toBeGreaterThan(-50);
      await close();
    }
    const { page, close } = await open(browser, html, { reducedMotion: 'no-preference' });
    await page.getByRole('navigation').getByRole('link', { name: 'How far to trust this' }).click();
    await expect
      .poll(() => page.evaluate(() => Math.abs(document.getElementById('trust')!.getBoundingClientRect().top)))
      .toBeLessThan(200);
    await close();
  });

  it('hands out tables as CSV and charts as SVG', async () => {
    const { page, trouble, close } = await open(browser, html);
    await drawAll(page);
    const press = (name: string) => () => page.getByRole('button', { name, exact: true }).first().click();
    const pairs = await saved(page, press('Download CSV: Pairs that stand out'));
    expect(pairs.name).toBe('pairs.csv');
    expect(pairs.text.trim().split('\r\n').length).toBe(fixture.pairs.length + 1);
    expect((await saved(page, press('Download CSV: matrix'))).text).toContain('Publius');
    expect((await saved(page, press('Download CSV: lines of the map'))).text).toContain('Dana Whitfield');
    for (const name of [
      'Download SVG: map',
      'Download SVG: matrix',
      'Download SVG: Tippett plot of the self-test; the table below holds the same.',
      'Download SVG: Reliability plot of the self-test; the table below holds the same.',
      'Download SVG: What each kind of likeness adds to the log10 likelihood ratio, each bar from where the last ended; the table below holds the same.',
    ]) {
      const { text } = await saved(page, press(name));
      expect(text).toMatch(/^<svg [\s\S]*<\/svg>$/);
      expect(text).toContain('xmlns="http://www.w3.org/2000/svg"');
    }
    expect(trouble).toEqual([]);
    await close();
  });

  it('shows findings and tables with JavaScript off', async () => {
    const { page, close } = await open(browser, html, { javaScriptEnabled: false, at: PAIR });
    expect(await page.locator('.finding h3').filter({ visible: true }).count()).toBe(fixture.findings.length);
    expect(await page.locator('#all-pairs tbody tr').filter({ visible: true }).count()).toBe(fixture.pairs.length);
    expect(await page.locator('#map-figure').isVisible()).toBe(false);
    await close();
  });

  it('prints findings and evidence on several pages', async () => {
    const { page, close } = await open(browser, html);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(3);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('.finding').first().isVisible()).toBe(true);
    await close();
  });

  it('prints the map and the matrix on white, from a dark screen and before they were ever seen', async () => {
    const { page, trouble, close } = await open(browser, html, { colorScheme: 'dark' });
    const brightness = (id: string): Promise<number> =>
      page.locator(`${id} canvas`).evaluate((c) => {
        const { width, height } = c as HTMLCanvasElement;
        const { data } = (c as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
        let [sum, seen] = [0, 0];
        for (let i = 0; i < data.length; i += 4) [sum, seen] = [sum + data[i]!, seen + Number(data[i + 3]! > 0)];
        return sum / seen;
      });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('#map-figure[data-ready]').count()).toBe(1);
    const printed = await brightness('#map-figure');
    expect(printed).toBeGreaterThan(200);
    const matrix = await brightness('#matrix-figure');
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await expect.poll(() => brightness('#map-figure')).toBeLessThan(60);
    expect(await brightness('#matrix-figure')).not.toBe(matrix);
    expect(trouble.filter((t) => !t.includes('willReadFrequently'))).toEqual([]);
    await close();
  });

  it('prints the map and the matrix in their own proportions, and numbers the pages', async () => {
    const { page, close } = await open(browser, html);
    await drawAll(page);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 700, height: 1000 });
    for (const id of ['#map-figure', '#matrix-figure']) {
      const { drawn, shown } = await page.locator(`${id} canvas`).evaluate((c) => {
        const canvas = c as HTMLCanvasElement;
        return { drawn: canvas.width / canvas.height, shown: canvas.clientWidth / canvas.clientHeight };
      });
      expect(Math.abs(drawn / shown - 1)).toBeLessThan(0.02);
    }
    expect(pageAssets().style).toMatch(/counter\(pages\)/);
    await close();
  });
});

describe.skipIf(executable === null && !required)('a hostile dump in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function harmless(html: string): Promise<void> {
    const { page, trouble, close } = await open(browser, html);
    await drawAll(page);
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
    for (const link of (await page.locator('#all-bylines tbody a').all()).slice(0, 80)) {
      await page.evaluate((hash) => (location.hash = hash), (await link.getAttribute('href'))!);
      await page.waitForTimeout(5);
    }
    await page.locator('#map-figure canvas').focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press('n');
    await page.locator('#matrix-figure canvas').focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowDown');
    for (const table of ['Table: lines of the map', 'Table: matrix'])
      await page.getByRole('button', { name: table, exact: true }).click();
    await page.evaluate(() => (location.hash = '#bylines'));
    for (const read of await page.getByRole('button', { name: 'Read the articles' }).all()) await read.click();
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
    const csv = await saved(page, () =>
      page.getByRole('button', { name: 'Download CSV: All bylines', exact: true }).click(),
    );
    expect(csv.text).not.toMatch(/(?:^|,|\n)"?[=+@]/);
    expect(await page.evaluate(() => (globalThis as { hit?: number }).hit)).toBeUndefined();
    expect(await violations(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await close();
  }

  it('shows a report with hostile strings everywhere, and nothing of them runs', async () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
    await harmless(pageHtml(hostileReport(fixture), pageAssets()));
  });

  it('scans and shows a dump of hostile bylines, titles and texts, and nothing of them runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'manyhands-'));
    const texts = readFileSync('fixtures/demo/digitalgov.jsonl', 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { text: string }).text);
    const lines = HOSTILE.flatMap((bad, b) =>
      [0, 1, 2].map((i) => {
        const other = HOSTILE[(b * 7 + i) % HOSTILE.length]!;
        const text = `${bad}\n\n${texts[(b + i * 50) % texts.length]!.slice(0, 2500)}\n\nHe said ${other} and left, upon the hour.`;
        return JSON.stringify({
          id: `${b}-${i} ${bad}`,
          author: bad,
          title: other,
          url: other,
          date: '2020-01-0' + String(i + 1),
          text,
        });
      }),
    );
    const [dump, target] = [join(folder, 'dump.jsonl'), join(folder, 'report.html')];
    writeFileSync(dump, `${lines.join('\n')}\n`);
    const { code, err } = manyhands([
      'scan',
      dump,
      '--format',
      'html',
      '--all-pairs',
      '--with-texts',
      '--output',
      target,
    ]);
    expect(code, err).toBe(0);
    const html = readFileSync(target, 'utf8');
    expect(unpacked(/id="data">([^<]+)</.exec(html)![1]!)).toHaveProperty('texts');
    await harmless(html);
  });
});
