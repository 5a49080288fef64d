// Measures the report page on invented reports: node scripts/measure-page.mjs
// Size for 200 bylines and 5,000 articles; first paint and memory for 1,000 and 20,000; frames while the map of 2,000 is dragged.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { pageAssets } from '../dist/commands/render.js';
import { seededRandom } from '../dist/math/random.js';
import { pageHtml } from '../dist/page/page.js';

const fixture = JSON.parse(readFileSync('fixtures/page/report.json', 'utf8'));

/** A report of invented bylines, articles and pairs around the findings of the fixture. */
function invented(bylines, articles, pairs) {
  const random = seededRandom(7);
  const int = (n) => Math.floor(random() * n);
  const name = (i) => `Writer ${String.fromCharCode(65 + (i % 26))}. Number-${i}`;
  const each = Math.floor(articles / bylines);
  const made = Array.from({ length: bylines - fixture.bylines.length }, (_, i) => ({
    byline: name(i),
    articles: each,
    words: 500 * each,
    hands: {
      verdict: 'inconclusive',
      why: 'the evidence points neither way strongly enough',
      score: random() - 0.5,
      log10LR: random() - 0.5,
      count: 1 + int(2),
      assignments: Array.from({ length: each }, (_, k) => ({
        article: `archive/2016/${i}/article-about-a-subject-of-the-day-${k}`,
        hand: int(2),
        confidence: 0.5 + random() / 2,
        title: `A headline of some sixty characters on the subject of the day ${k}`,
        date: new Date(Date.UTC(2014, 0, int(2000))).toISOString().slice(0, 10),
        url: `https://www.example.org/2016/${i}/article-about-a-subject-of-the-day-${k}`,
        words: 400 + int(400),
      })),
    },
  }));
  const proto = fixture.pairs[0];
  const listed = Array.from({ length: pairs }, (_, i) => {
    const a = int(made.length - 1);
    const b = a + 1 + int(Math.min(12, made.length - 1 - a));
    return {
      ...proto,
      a: name(a),
      b: name(b),
      verdict: 'inconclusive',
      log10LR: 3 * random(),
      score: 3 - (3 * i) / pairs,
    };
  });
  const known = new Set();
  const unique = listed.filter((p) => !known.has(p.a + p.b) && known.add(p.a + p.b));
  const shown = Math.min(300, made.length);
  return {
    ...fixture,
    corpus: { ...fixture.corpus, articles, bylines, words: 500 * articles },
    bylines: [...fixture.bylines, ...made],
    pairs: [...fixture.pairs, ...unique],
    clustering: {
      bylines: made.slice(0, shown).map((b) => b.byline),
      merges: Array.from({ length: shown - 1 }, (_, i) => ({
        left: i === 0 ? 0 : shown + i - 1,
        right: i + 1,
        score: -i / 50,
      })),
      log10LR: Array.from({ length: shown }, (_, r) =>
        Array.from({ length: r }, () => (random() * 4 - 3).toFixed(1)).join(' '),
      ),
    },
  };
}

const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
const folder = mkdtempSync(join(tmpdir(), 'manyhands-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--enable-precise-memory-info'] });

/** Takes software WebGL for a graphics card, so that sigma draws the map; the page itself asks for a card. */
const asIfCard = () => {
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (kind, asked) {
    return getContext.call(this, kind, { ...asked, failIfMajorPerformanceCaveat: false });
  };
  const { getParameter } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.getParameter = function (name) {
    return name === 0x9246 ? 'A graphics card' : getParameter.call(this, name);
  };
};

async function opened(report, card = false) {
  const path = join(folder, 'report.html');
  writeFileSync(path, pageHtml(report, pageAssets()));
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' });
  if (card) await page.addInitScript(asIfCard);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  await page.goto(pathToFileURL(path).href);
  return { page, client, bytes: readFileSync(path).length };
}

async function memory(page, client) {
  await page.waitForTimeout(1500);
  await client.send('HeapProfiler.enable');
  const { metrics } = await client.send('Performance.getMetrics');
  const heap = metrics.find((m) => m.name === 'JSHeapUsedSize').value;
  const pid = (await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo')).processInfo
    .filter((p) => p.type === 'renderer')
    .map((p) => p.id);
  const resident = Math.max(
    ...pid.map((p) => {
      const path = `/proc/${p}/smaps_rollup`;
      const kilobytes = existsSync(path) ? readFileSync(path, 'utf8').matchAll(/Private_\w+:\s+(\d+)/g) : [];
      return [...kilobytes].reduce((sum, [, n]) => sum + Number(n), 0) / 1024;
    }),
  );
  return `script heap ${(heap / 1e6).toFixed(0)} MB, the renderer's private memory ${resident.toFixed(0)} MB`;
}

async function drawn(page) {
  for (const id of ['#map-figure', '#matrix-figure']) {
    await page.evaluate((i) => document.querySelector(i).closest('section').scrollIntoView(), id);
    await page.waitForSelector(`${id}[data-ready]`, { timeout: 60_000 });
  }
}

console.log(
  `an empty page: ${await (async () => {
    const page = await browser.newPage();
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable');
    const text = await memory(page, client);
    await page.close();
    return text;
  })()}`,
);
const small = await opened(invented(200, 5000, 300));
console.log(`200 bylines, 5,000 articles: ${(small.bytes / 1e6).toFixed(2)} MB`);
await small.page.close();

const large = await opened(invented(1000, 20_000, 1500));
const paint = await large.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
console.log(
  `1,000 bylines, 20,000 articles: ${(large.bytes / 1e6).toFixed(2)} MB, first contentful paint ${paint?.toFixed(0)} ms`,
);
console.log(`  opened: ${await memory(large.page, large.client)}`);
await drawn(large.page);
console.log(`  map and matrix drawn: ${await memory(large.page, large.client)}`);
await large.page.close();

/** Milliseconds of processor time that the browser's processes have taken so far: a busy machine does not change it. */
async function processorTime() {
  const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { id }) => {
    const path = `/proc/${id}/stat`;
    if (!existsSync(path)) return sum;
    const fields = readFileSync(path, 'utf8').split(') ').at(-1).split(' ');
    return sum + 10 * (Number(fields[11]) + Number(fields[12]));
  }, 0);
}

/** Drags the map for three seconds and says how often it was drawn, by the browser's own tracing. */
async function dragged({ page, client }, box, what) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  client.on('Tracing.dataCollected', collect);
  await client.send('Tracing.start', {
    categories: 'devtools.timeline,disabled-by-default-devtools.timeline.frame',
    transferMode: 'ReportEvents',
  });
  await page.mouse.move(box.x + 500, box.y + 250);
  await page.mouse.down();
  const before = await processorTime();
  const from = Date.now();
  for (let i = 0; Date.now() - from < 3000; i++)
    await page.mouse.move(box.x + 500 + 150 * Math.sin(i / 9), box.y + 250 + 100 * Math.cos(i / 9));
  const taken = (await processorTime()) - before;
  await page.mouse.up();
  const ended = new Promise((done) => client.once('Tracing.tracingComplete', done));
  await client.send('Tracing.end');
  await ended;
  client.off('Tracing.dataCollected', collect);
  const frames = events.filter((e) => e.name === 'DrawFrame').length;
  const repaints = events
    .filter((e) => e.name === 'FireAnimationFrame' && e.dur !== undefined)
    .map((e) => e.dur / 1000)
    .sort((a, b) => a - b);
  const median = repaints[repaints.length >> 1]?.toFixed(1);
  console.log(
    `  dragged for 3 s, ${what}: ${(frames / 3).toFixed(0)} frames a second, ${(taken / frames).toFixed(0)} ms of processor time a frame, all processes; repaints of ${median} ms (median)`,
  );
}

for (const card of [false, true]) {
  const wide = await opened(invented(2000, 20_000, 4000), card);
  const start = Date.now();
  await drawn(wide.page);
  const way = (await wide.page.locator('.sigma-nodes').count()) > 0 ? 'sigma, software WebGL' : 'canvas';
  console.log(`2,000 bylines on the map (${way}): settled and drawn after ${Date.now() - start} ms`);
  const canvas = wide.page.locator('#map-figure canvas[role]');
  await canvas.evaluate((c) => c.scrollIntoView({ block: 'center' }));
  const box = await canvas.boundingBox();
  await dragged(wide, box, 'lines as at first');
  await wide.page.getByLabel('Least log10 LR of a line').fill('0');
  await dragged(wide, box, 'all lines');
  await wide.page.close();
}
await browser.close();
