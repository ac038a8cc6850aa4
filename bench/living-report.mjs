// A choice of covariance in a living report, in Chromium: from the choice until the tables of estimates are changed, and until the frame
// after it; the time that the page's own thread worked. What comes ahead is waited for before.
//   node bench/living-report.mjs REPORT.html [switches] > bench/results/living-report.json
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { machine, spread } from './figures.mjs';

const [file, count = '20'] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
await page.goto(pathToFileURL(resolve(file)).href);
await page.locator('.version summary').click();
await page.locator('.version select').first().waitFor();
await page.waitForTimeout(35_000);

/** Milliseconds that the page's own thread worked so far. */
async function worked() {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

/** Chooses a covariance; what of the page had changed when the choice returned. */
const choose = (value) =>
  page.evaluate(
    (chosen) =>
      new Promise((done) => {
        const start = performance.now();
        const tables = new Set();
        const watch = new MutationObserver((records) => {
          for (const { target } of records) {
            const element = target instanceof Element ? target : target.parentElement;
            const id = element?.closest('.exhibit:has(.printed)')?.id;
            if (id !== undefined) tables.add(id);
          }
        });
        watch.observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true });
        const select = document.querySelector('.version select');
        select.value = chosen;
        select.dispatchEvent(new Event('change', { bubbles: true }));
        const changed = performance.now() - start;
        requestAnimationFrame(() =>
          setTimeout(() => done({ changed, drawn: performance.now() - start, tables: tables.size }), 0),
        );
      }),
    value,
  );

const offered = ['cluster:city', 'hc1', 'cluster:year', 'iid', 'cluster:city+year'];
const times = [];
for (let i = 0; i < Number(count); i++) {
  const before = await worked();
  const one = await choose(offered[i % offered.length]);
  times.push({ ...one, thread: (await worked()) - before });
  await page.waitForTimeout(200);
}
await browser.close();
const of = (name) => spread(times.map((one) => one[name]));
const result = {
  machine: machine(),
  bytes: statSync(file).size,
  tables: of('tables'),
  changed_ms: of('changed'),
  drawn_ms: of('drawn'),
  page_thread_ms: of('thread'),
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
