// Takes pictures of the report page of the fixture, on the desktop, on a phone, in the dark and printed: npm run screenshots [folder]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const folder = process.argv[2] ?? 'docs/screenshots';
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
if (executablePath === undefined) {
  console.error('Chromium is looked for in /usr/bin and in the variable CHROMIUM; there is none');
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), 'manyhands-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const page = join(work, 'report.html');
execFileSync(process.execPath, ['bin/manyhands.js', 'report', 'fixtures/page/report.json', '-f', 'html', '-o', page]);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** One picture: of the top of the page, or of the place that `at` names. */
async function shot(name, at, options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', offline: true, ...options });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  for (const id of ['#map-figure', '#matrix-figure']) {
    await tab.locator(id).evaluate((e) => e.closest('section').scrollIntoView());
    await tab.waitForSelector(`${id}[data-ready]`, { timeout: 15_000 });
  }
  const { print } = options;
  if (print === true) await tab.emulateMedia({ media: 'print' });
  await tab.evaluate((id) => (id === '' ? scrollTo(0, 0) : document.getElementById(id).scrollIntoView()), at);
  await tab.waitForTimeout(300);
  await tab.screenshot({ path: join(folder, `${name}.png`) });
  if (print === true) await tab.pdf({ path: join(folder, 'print.pdf'), preferCSSPageSize: true });
  await context.close();
}

const desktop = { viewport: { width: 1100, height: 1000 } };
await shot('desktop', '', desktop);
await shot('map', 'map', desktop);
await shot('matrix', 'matrix', desktop);
await shot('byline', 'byline=Publius', desktop);
await shot('pair', 'pair=Dana%20Whitfield/Peter%20Okafor', { viewport: { width: 1100, height: 1560 } });
await shot('trust', 'trust', desktop);
await shot('phone', '', { viewport: { width: 320, height: 700 } });
await shot('dark', 'map', { ...desktop, colorScheme: 'dark' });
await shot('print', '', { viewport: { width: 794, height: 1123 }, print: true });
await browser.close();
