// A living report in Chromium, by the wall and by the work of the page's own thread.
// Opening: until the browser says that the page is loaded, and until its form stands.
// A choice of covariance: until it is taken in, until the frame that shows it, until what is out of sight has followed. What comes ahead
// is waited for before.
//   node bench/living-report.mjs REPORT.html [switches] [wait in seconds] > bench/results/living-report.json
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { machine, spread } from './figures.mjs';

const [file, count = '20', wait = '35'] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const address = pathToFileURL(resolve(file)).href;

async function openReport() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('form.version') === null) requestAnimationFrame(look);
      else globalThis.formMs = performance.now();
    };
    requestAnimationFrame(look);
  });
  await page.goto(address, { waitUntil: 'load' });
  const formMs = await page.waitForFunction(() => globalThis.formMs).then((one) => one.jsonValue());
  const loadMs = await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd);
  return { page, session, loadMs, formMs, thread: await worked(session) };
}

/** Milliseconds that the page's own thread worked so far. */
async function worked(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

/** Chooses a covariance; the tables that changed in the frame, and in all. */
const choose = (page, value) =>
  page.evaluate(
    (chosen) =>
      new Promise((done) => {
        const start = performance.now();
        const targets = [];
        const watch = new MutationObserver((records) => {
          for (const { target } of records) targets.push(target);
        });
        const tablesOf = () => {
          const ids = targets.map((target) => {
            const element = target instanceof Element ? target : target.parentElement;
            return element?.closest('.exhibit:has(.printed)')?.id;
          });
          return new Set(ids.filter((id) => id !== undefined)).size;
        };
        watch.observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true });
        const select = document.querySelector('.version select');
        select.value = chosen;
        select.dispatchEvent(new Event('change', { bubbles: true }));
        const since = () => performance.now() - start;
        const taken = since();
        requestAnimationFrame(() => {
          // The first task after the frame: a timer or a message may come after what the page itself put off until then.
          globalThis.scheduler.postTask(
            () => {
              const drawn = since();
              const follow = () => {
                if (document.querySelector('[data-held]') !== null) setTimeout(follow, 1);
                else done({ taken, drawn, current: since(), tables: tablesOf() });
              };
              follow();
            },
            { priority: 'user-blocking' },
          );
        });
      }),
    value,
  );

const openings = [];
for (let i = 0; i < 7; i++) {
  const { page, ...times } = await openReport();
  openings.push(times);
  await page.close();
}

const { page, session } = await openReport();
await page.locator('.version summary').click();
await page.locator('.version select').first().waitFor();
await page.waitForTimeout(1000 * Number(wait));

const offered = ['cluster:city', 'hc1', 'cluster:year', 'iid', 'cluster:city+year'];
const times = [];
for (let i = 0; i < Number(count); i++) {
  const before = await worked(session);
  const one = await choose(page, offered[i % offered.length]);
  times.push({ ...one, thread: (await worked(session)) - before });
  await page.waitForTimeout(200);
}
await browser.close();
const of = (list, name) => spread(list.map((one) => one[name]));
const result = {
  machine: machine(),
  bytes: statSync(file).size,
  opening: {
    loaded_ms: of(openings, 'loadMs'),
    form_ms: of(openings, 'formMs'),
    page_thread_ms: of(openings, 'thread'),
  },
  covariance: {
    tables: of(times, 'tables'),
    taken_ms: of(times, 'taken'),
    drawn_ms: of(times, 'drawn'),
    all_current_ms: of(times, 'current'),
    page_thread_ms: of(times, 'thread'),
  },
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
