// Takes the pictures of the report page: npm run screenshots [report.html] [folder]
import { existsSync, mkdirSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [page = 'report.html', folder = 'docs/screenshots'] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
if (executablePath === undefined || !existsSync(page)) {
  console.error('give a report page; Chromium is looked for in /usr/bin and in the variable CHROMIUM');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const shot = async (name, options, { at, height, full } = {}) => {
  const context = await browser.newContext({ reducedMotion: 'reduce', offline: true, ...options });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(resolve(page)).href + (at ?? ''));
  for (const id of ['#map-figure', '#matrix-figure']) {
    await tab.locator(id).evaluate((e) => e.closest('section').scrollIntoView());
    await tab.waitForSelector(`${id}[data-ready]`, { timeout: 15_000 });
  }
  await tab.evaluate(
    (hash) => (hash === '' ? scrollTo(0, 0) : document.getElementById(hash.slice(1)).scrollIntoView()),
    at ?? '',
  );
  await tab.waitForTimeout(400);
  if (height !== undefined) await tab.setViewportSize({ width: tab.viewportSize().width, height });
  await tab.screenshot({ path: join(folder, `${name}.png`), fullPage: full === true });
  if (name === 'desktop') await tab.pdf({ path: join(folder, 'print.pdf'), preferCSSPageSize: true });
  await context.close();
};
const desktop = { viewport: { width: 1200, height: 900 } };
await shot('desktop', desktop);
await shot('map', desktop, { at: '#map' });
await shot('matrix', desktop, { at: '#matrix' });
await shot('byline', desktop, { at: '#bylines' });
await shot('pair', desktop, { at: '#pairs' });
await shot('trust', desktop, { at: '#trust' });
await shot('phone', { viewport: { width: 320, height: 700 } });
await shot('dark', { ...desktop, colorScheme: 'dark' }, { at: '#map' });
const context = await browser.newContext({ viewport: { width: 794, height: 1123 }, reducedMotion: 'reduce' });
const tab = await context.newPage();
await tab.goto(pathToFileURL(resolve(page)).href);
await tab.emulateMedia({ media: 'print' });
await tab.screenshot({ path: join(folder, 'print.png') });
await browser.close();
