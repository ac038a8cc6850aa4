import { gunzipSync } from 'node:zlib';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { publishedStyle, withDecimals, withoutStars } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import { packedLanguage } from '../testing/packed-language.ts';
import { sampleDataAccount } from '../testing/sample-data-account.ts';
import { sampleReport, table3 } from '../testing/sample-report.ts';
import { bytesFromText } from './byte-text.ts';
import { pageScriptSha256 } from './page-script.ts';
import { renderReport } from './self-contained-html.ts';

const html = renderReport(sampleReport);
const { document } = parseHTML(html);

test('the same report is the same bytes', () => {
  expect(renderReport(sampleReport)).toBe(html);
  expect(html.endsWith('</html>\n')).toBe(true);
});

describe('what makes it live', () => {
  const living = {
    study: 'AAAA',
    worker: 'BBBB',
    main: { code: 'start()', sha256: 'CCCC' },
    print: { language: 'en' } as const,
  };

  test('its policy lets run the scripts that stand in it, a program beside it, and nothing else', () => {
    const policyOf = (page: string) => /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1].split(';') ?? [];
    const own = `'sha256-${pageScriptSha256}'`;
    expect(policyOf(html)).toContain(`script-src ${own}`);
    expect(policyOf(html).some((part) => part.startsWith('worker-src'))).toBe(false);
    const policy = policyOf(renderReport(sampleReport, publishedStyle, living));
    expect(policy).toContain(`script-src ${own} 'sha256-CCCC'`);
    expect(policy).toContain('worker-src blob:');
    expect(policy).toContain("default-src 'none'");
    expect(policy.join()).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
  });

  test('no attribute holds a script', () => {
    for (const element of document.querySelectorAll('*'))
      for (const { name } of element.attributes) expect(name).not.toMatch(/^on/);
  });

  test('without its data it says so and holds no program', () => {
    const page = renderReport(sampleReport, publishedStyle, { ...living, study: null });
    expect(page).toContain('The data are not in this file');
    expect(page).not.toContain('id="kaya-study"');
    // The program prints the tables that are taken away.
    expect(page).toContain('id="kaya-worker"');
    expect(page).not.toContain('id="version"');
    expect(html).not.toContain('The data are not in this file');
  });
});

test('nothing in it points outside', () => {
  const urls = html.match(/(?:https?:)?\/\/[\w.-]+\.\w+[^\s"'<]*/g) ?? [];
  expect(urls.filter((url) => url !== 'http://www.w3.org/2000/svg')).toEqual([]);
  expect(document.querySelectorAll('link:not([href^="data:"]),img,iframe,script[src],[style*="url("]').length).toBe(0);
});

test('the results document survives whatever it holds', () => {
  const text = document.querySelector('#kaya-results')?.textContent ?? '';
  expect(text).toMatch(/^[!-~]+$/);
  expect(text).not.toMatch(/[<>&]/);
  expect(JSON.parse(gunzipSync(bytesFromText(text)).toString('utf8'))).toEqual(sampleReport.results);
});

/** The words of a language that the page does not open in, by place. */
function packedWords(report: string, language: Language): readonly string[] {
  const { document: words } = parseHTML(`<!doctype html><html><body>${packedLanguage(report, language)}</body></html>`);
  return [...words.body.children].map(({ innerHTML }) => innerHTML);
}

test('the notice on synthetic data is in the opening, in both languages; without synthetic data it is not there', () => {
  const notice = document.querySelector('.opening #synthetic-notice');
  expect(notice?.textContent).toContain('not the authors’ data');
  expect(packedWords(html, 'zh').join('\n')).toContain('并非复现');
  expect(renderReport({ ...sampleReport, isSynthetic: false })).not.toContain('id="synthetic-notice"');
});

describe('languages', () => {
  test('every piece in one language has its sibling in the other', () => {
    const own = [...document.querySelectorAll('body :is(span,div)[lang="en"]')];
    const words = packedWords(html, 'zh');
    expect(own.length).toBeGreaterThan(100);
    expect(words.length).toBe(own.length);
    expect(document.querySelectorAll('body [lang="zh-Hans"]')).toHaveLength(1); // what is said without a script
    const place = own.findIndex(({ textContent }) => textContent?.startsWith('Synthetic data, not a replication'));
    expect(words[place]).toContain('并非复现');
    const other = renderReport({ ...sampleReport, language: 'zh' });
    expect(packedWords(other, 'en')).toEqual(own.map(({ innerHTML }) => innerHTML));
  });

  test('the study’s own language comes first', () => {
    expect(html).toContain('<html lang="en" data-language="en"');
    expect(renderReport({ ...sampleReport, language: 'zh' })).toContain('<html lang="zh-Hans" data-language="zh"');
  });
});

test('a part without rows has no section', () => {
  const bare = renderReport({ ...sampleReport, comparison: [], truth: [], hypotheses: [], exhibits: [] });
  expect(bare).not.toContain('id="comparison"');
  expect(bare).not.toContain('id="truth"');
  expect(bare).not.toContain('class="verdicts"');
});

test('ids are unique, and every entry of the contents has its target', () => {
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.getAttribute('id'));
  expect(new Set(ids).size).toBe(ids.length);
  for (const link of document.querySelectorAll('.contents a'))
    expect(ids).toContain(link.getAttribute('href')?.slice(1));
});

describe('the data section', () => {
  const section = document.querySelector('#data');
  const cellsOf = (caption: string): string[][] => {
    const tables = [...(section?.querySelectorAll('table[lang="en"]') ?? [])];
    const table = tables.find((one) => one.querySelector('caption')?.textContent?.startsWith(caption));
    return [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) =>
      [...row.querySelectorAll('th,td')].map((cell) => cell.textContent ?? ''),
    );
  };

  test('names sources, filled cells, rules of the ledger with an example, and the rows of the models', () => {
    expect(cellsOf('Sources')[0].slice(0, 5)).toEqual([
      'yearbooks',
      '3',
      'csv gb18030 × 1; csv utf-8 × 1; xlsx × 1',
      '877',
      '858',
    ]);
    expect(cellsOf('Sources')[0][5]).toMatch(/provinces.*: 17/);
    expect(cellsOf('Filled cells')[1].slice(0, 6)).toEqual(['ip', '5,149', '5,007', '0', '0', '142']);
    expect(cellsOf('The ledger')).toEqual([
      ['thousands separators off', '1,200', 'yearbook/2003.csv:12:3 1,234.5 <b> → 1234.5'],
      [
        'row of a total (a province, a region, the nation), left out',
        '17',
        'yearbook/2005.xlsx [表1]:4 河北省 → nothing',
      ],
    ]);
    expect(cellsOf('Rows of each model').map(([columns, , , , , , nobs]) => [columns, nobs])).toEqual([
      ['Table 3 (1)–(6)', '5,149'],
      ['Table 4 (1)', '5,073'],
    ]);
  });

  test('has the numbers of the coverage figure as a table', () => {
    expect(cellsOf('Cities observed')[2][1]).toBe('76/60/135');
  });

  test('offers the rules of proposals to paste, and warns of counting twice only where it may be', () => {
    expect(section?.querySelector('details pre')?.textContent).toContain('data:\n  rules:\n    - indicator: gdp');
    expect(html).toContain('Possible double counting');
    const once = { ...sampleDataAccount, counts_electricity_and_coal: false, slips: [] };
    const origin = { ...sampleReport.origin, data: once } as typeof sampleReport.origin;
    const other = renderReport({ ...sampleReport, origin });
    expect(other).not.toContain('Possible double counting');
    expect(other).not.toContain('data:\n  rules:');
  });

  test('says that the data are synthetic, or does not', () => {
    expect(section?.querySelector('.warned')?.textContent).toContain('not a replication');
    const { document: own } = parseHTML(renderReport({ ...sampleReport, isSynthetic: false }));
    expect(own.querySelector('#data')?.textContent).not.toContain('not a replication');
  });
});

test("the tables and the opening of the report keep the study's decimals and stars", () => {
  const resultsOf = (page: string) => page.slice(page.indexOf('<section id="results"'), page.indexOf('<script type'));
  expect(resultsOf(html)).toContain('***');
  const [{ value }] = table3.rows[0].cells.flatMap((cell) => (cell.kind === 'estimate' ? [cell] : []));
  const own = renderReport(sampleReport, withoutStars(withDecimals(publishedStyle, 5)));
  expect(resultsOf(own)).toContain((value ?? 0).toFixed(5));
  expect(resultsOf(own)).not.toMatch(/\d<[^>]*>\*{1,3}</);
  expect(own).not.toMatch(/; \.|；。|p &lt; 0\.1,/);
  expect(own).toContain(`${sampleReport.headline.coefficient?.estimate.toFixed(5)}`);
});
