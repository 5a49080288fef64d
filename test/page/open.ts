import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Where Chromium is; null where there is none. The variable CHROMIUM names another. */
export const executable =
  [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    .filter((p) => p !== undefined)
    .find((p) => existsSync(p)) ?? null;

export function launch(): Promise<Browser> {
  // Without its sandbox, because continuous integration runs as root; the pages opened are this test's own.
  return chromium.launch({ executablePath: executable!, args: ['--no-sandbox'] });
}

export interface Opened {
  readonly page: Page;
  /** Everything that must not happen: console errors, uncaught errors, dialogs, requests other than the page itself. */
  readonly trouble: string[];
  readonly close: () => Promise<void>;
}

/** Passes WebGL in software off as a graphics card: run in the browser before the page, which has no such switch. */
function asIfCard(): void {
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, asked?: object) {
    return getContext.call(this, kind, { ...asked, failIfMajorPerformanceCaveat: false });
  } as typeof getContext;
  const gl = WebGL2RenderingContext.prototype;
  const read = Object.getOwnPropertyDescriptor(gl, 'getParameter')!.value as typeof gl.getParameter;
  const UNMASKED_RENDERER = 0x9246;
  gl.getParameter = function (this: WebGL2RenderingContext, name: number): unknown {
    return name === UNMASKED_RENDERER ? 'a graphics card' : read.call(this, name);
  };
}

/** Writes a page to disk and opens it from there, with the network cut. */
export async function open(
  browser: Browser,
  html: string,
  options: BrowserContextOptions & { readonly at?: string; readonly card?: boolean } = {},
): Promise<Opened> {
  const { at = '', card = false, ...rest } = options;
  const path = join(mkdtempSync(join(tmpdir(), 'manyhands-')), 'report.html');
  writeFileSync(path, html);
  const context = await browser.newContext({ offline: true, reducedMotion: 'reduce', ...rest });
  const page = await context.newPage();
  if (card) await page.addInitScript(asIfCard);
  const trouble: string[] = [];
  const own = pathToFileURL(path).href;
  page.on('console', (m) => {
    // WebGL in software reads pixels back, and says so; a graphics card does not.
    if (card && m.text().includes('GPU stall due to ReadPixels')) return;
    if (m.type() === 'error' || m.type() === 'warning') trouble.push(`console: ${m.text()}`);
  });
  page.on('pageerror', (e) => trouble.push(`error: ${e.message}`));
  page.on('dialog', (d) => {
    trouble.push(`dialog: ${d.message()}`);
    void d.dismiss();
  });
  page.on('request', (r) => {
    const url = r.url().split('#')[0]!;
    if (url !== own && !url.startsWith('blob:')) trouble.push(`request: ${r.url()}`);
  });
  await page.goto(own + at);
  return { page, trouble, close: () => context.close() };
}

/** Scrolls through the page and waits until what is drawn late is drawn. */
export async function drawAll(page: Page): Promise<void> {
  for (const id of ['map-figure', 'matrix-figure']) {
    await page.evaluate((i) => document.getElementById(i)!.closest('section')!.scrollIntoView(), id);
    await page.waitForSelector(`#${id}[data-ready]`, { timeout: 30_000 });
  }
}

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** Violations of WCAG 2.2 A and AA that axe-core finds, as short lines. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  // What the browser leaves undrawn far off the screen has no true boxes, and axe judges colours by boxes.
  await page.evaluate(() => {
    for (const e of document.querySelectorAll<HTMLElement>('.scroll, .persona, .pair'))
      e.style.contentVisibility = 'visible';
  });
  return page.evaluate(async () => {
    interface Result {
      violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
    }
    const { axe } = globalThis as unknown as { axe: { run: (on: unknown, options: unknown) => Promise<Result> } };
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const found = await axe.run(document, { runOnly: { type: 'tag', values } });
    return found.violations.flatMap((v) =>
      v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`),
    );
  });
}
