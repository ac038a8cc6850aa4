import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { sampleReport } from '../testing/sample-report.ts';
import { renderReport } from './self-contained-html.ts';

const html = renderReport(sampleReport);
const { document } = parseHTML(html);

test('the same report is the same bytes', () => {
  expect(renderReport(sampleReport)).toBe(html);
  expect(html.endsWith('</html>\n')).toBe(true);
});

test('nothing in it points outside', () => {
  const urls = html.match(/(?:https?:)?\/\/[\w.-]+\.\w+[^\s"'<]*/g) ?? [];
  expect(urls.filter((url) => url !== 'http://www.w3.org/2000/svg')).toEqual([]);
  expect(document.querySelectorAll('link:not([href^="data:"]),img,iframe,script[src],[style*="url("]').length).toBe(0);
});

test('the results document survives whatever it holds', () => {
  const text = document.querySelector('#kaya-results')?.textContent ?? '';
  expect(text).not.toContain('</');
  expect(JSON.parse(text)).toEqual(sampleReport.results);
});

test('the notice on synthetic data is in the opening, in both languages; without synthetic data it is not there', () => {
  const notice = document.querySelector('.opening #synthetic-notice');
  expect(notice?.textContent).toContain('not the authors’ data');
  expect(notice?.textContent).toContain('并非复现');
  expect(renderReport({ ...sampleReport, isSynthetic: false })).not.toContain('id="synthetic-notice"');
});

describe('languages', () => {
  test('every piece in one language has its sibling in the other', () => {
    const en = document.querySelectorAll('body [lang="en"]:not(table)').length;
    const zh = document.querySelectorAll('body [lang="zh-Hans"]:not(table)').length;
    expect(en).toBeGreaterThan(100);
    expect(en).toBe(zh);
  });

  test('the study’s own language comes first', () => {
    expect(html).toContain('<html lang="en" data-language="en"');
    expect(renderReport({ ...sampleReport, language: 'zh' })).toContain('<html lang="zh-Hans" data-language="zh"');
  });
});

test('a part without rows has no section', () => {
  const bare = renderReport({ ...sampleReport, comparison: [], truth: [], hypotheses: [], figures: [] });
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
