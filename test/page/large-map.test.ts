import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageAssets } from '../../src/commands/render.js';
import { pageHtml } from '../../src/page/page.js';
import type { Report } from '../../src/types/types.js';
import { largeReport } from './large.js';
import { drawAll, executable, launch, open, violations } from './open.js';

const required = process.env['MANYHANDS_BROWSER'] === 'required';
const fixture = JSON.parse(readFileSync('fixtures/page/report.json', 'utf8')) as Report;
const PAIR = '#pair=Dana%20Whitfield/Peter%20Okafor';
const canvasOf = (page: Page) => page.locator('#map-figure canvas[role]');
const bySigma = (page: Page): Promise<number> => page.locator('#map-figure .sigma-nodes').count();

/** The share of pixels in which two pictures clearly differ, counted in a page of its own. */
async function difference(browser: Browser, ...pictures: readonly Buffer[]): Promise<number> {
  const page = await browser.newPage();
  const share = await page.evaluate(
    async (urls) => {
      const pixels = await Promise.all(
        urls.map(async (url) => {
          const image = new Image();
          image.src = url;
          await image.decode();
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height).data;
        }),
      );
      const [a, b] = [pixels[0]!, pixels[1]!];
      let apart = 0;
      for (let i = 0; i < a.length; i += 4) if (Math.abs(a[i + 1]! - b[i + 1]!) > 64) apart++;
      return (4 * apart) / a.length;
    },
    pictures.map((p) => `data:image/png;base64,${p.toString('base64')}`),
  );
  await page.close();
  return share;
}

describe.skipIf(executable === null && !required)('the map of more than 1,000 bylines in a browser', () => {
  let browser: Browser;
  let html = '';
  beforeAll(async () => {
    browser = await launch();
    html = pageHtml(largeReport(fixture), pageAssets());
  });
  afterAll(() => browser.close());

  it.each([
    ['sigma, where a graphics card draws', true],
    ['the canvas, where WebGL is drawn in software', false],
  ])('is drawn by %s, with the same abilities', async (_, card) => {
    const { page, trouble, close } = await open(browser, html, { card });
    await drawAll(page);
    expect(await bySigma(page)).toBe(card ? 1 : 0);
    const map = page.locator('#map-figure');
    const said = map.getByRole('status');
    await map.getByLabel('Find a byline on the map').fill('publius');
    expect(await said.textContent()).toBe('1 byline found.');
    await map.getByLabel('Least log10 LR of a line').fill('1.5');
    expect(await said.textContent()).toMatch(/^1 line /);
    await canvasOf(page).focus();
    for (const key of ['ArrowLeft', '+', '-', 'n']) await page.keyboard.press(key);
    expect(await said.textContent()).toMatch(/articles/);
    await map.getByLabel('Find a byline on the map').fill('dana');
    await canvasOf(page).evaluate((c) => c.scrollIntoView({ block: 'center' }));
    const box = (await canvasOf(page).boundingBox())!;
    // Dana stands in the middle now; the line of the pair lies level beside the dot.
    const beside = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (6 + 3 * (i >> 1)));
    for (const away of beside) {
      await page.mouse.move(box.x + box.width / 2 + away, box.y + box.height / 2);
      if (/reported as writing/.test((await said.textContent()) ?? '')) break;
    }
    expect(await said.textContent()).toMatch(/log10 LR \+\d.*reported as writing/);
    await page.mouse.down();
    await page.mouse.up();
    await expect.poll(() => page.url()).toContain(PAIR);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      map.getByRole('button', { name: 'Download SVG: map' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toContain('>Writer 1000</text>');
    expect(trouble).toEqual([]);
    await close();
  });

  it.each(['light', 'dark'] as const)('looks the same in both ways, %s', async (colorScheme) => {
    const pictures: Buffer[] = [];
    let other: Buffer | null = null;
    for (const card of [true, false]) {
      const { page, close } = await open(browser, html, { card, colorScheme });
      await drawAll(page);
      const map = page.locator('#map-figure');
      await map.getByLabel('Least log10 LR of a line').fill('0');
      await map.getByLabel('Find a byline on the map').fill('Writer 30');
      for (let i = 0; i < 5; i++) await map.getByLabel('Zoom in').click();
      await page.waitForTimeout(1000);
      pictures.push(await canvasOf(page).screenshot());
      await map.getByLabel('Find a byline on the map').fill('Publius');
      await page.waitForTimeout(1000);
      other = await canvasOf(page).screenshot();
      await close();
    }
    expect(await difference(browser, ...pictures)).toBeLessThan(0.01);
    // Another place on the map is another picture: the measure can fail.
    expect(await difference(browser, pictures[0]!, other!)).toBeGreaterThan(0.01);
  });

  it('has no axe violation where sigma draws', async () => {
    const { page, trouble, close } = await open(browser, html, { card: true });
    await drawAll(page);
    expect(await violations(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await close();
  });

  it('is drawn by the canvas on paper, and after the graphics card has failed', async () => {
    const { page, trouble, close } = await open(browser, html, { card: true });
    await drawAll(page);
    /** Least opacity of a pixel of the canvas: 255 where it draws the ground as well. */
    const opacity = (): Promise<number> =>
      canvasOf(page).evaluate((c) => {
        const { width, height } = c as HTMLCanvasElement;
        const { data } = (c as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
        return data.reduce((least, value, i) => (i % 4 === 3 ? Math.min(least, value) : least), 255);
      });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await opacity()).toBe(255);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#map-figure .sigma-nodes').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await opacity()).toBeLessThan(255);
    await page.locator('#map-figure .sigma-edges').evaluate((c) => c.dispatchEvent(new Event('webglcontextlost')));
    await expect.poll(opacity).toBe(255);
    expect(await bySigma(page)).toBe(0);
    // Reading single pixels, as above, is slow, and the browser says so.
    expect(trouble.filter((t) => !t.includes('willReadFrequently'))).toEqual([]);
    await close();
  });
});
