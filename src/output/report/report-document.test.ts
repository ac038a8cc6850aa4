import { expect, test } from 'vitest';
import { languages } from '../format/text-key.ts';
import { printNow } from '../testing/print-now.ts';
import { sampleReport } from '../testing/sample-report.ts';
import { reportDocument } from './report-document.ts';

test.each(languages)('the report goes with every format, section by section, in %s', (language) => {
  const titles =
    language === 'en'
      ? [
          'Results',
          'Distance from the printed',
          'Description of the data',
          'From raw tables to the panel',
          'Data',
          'Measures',
          'Provenance',
          'How to cite',
        ]
      : ['结果', '数据描述', '从原始表格到面板', '数据', '如何引用'];
  const document = reportDocument(sampleReport);
  for (const format of ['text', 'md', 'tex', 'html', 'csv'] as const) {
    const printed = printNow(document, format, language);
    let at = 0;
    for (const title of titles) {
      const found = printed.indexOf(title, at);
      expect([format, title, found > at || at === 0]).toEqual([format, title, true]);
      at = found;
    }
    expect(printed).not.toMatch(/\[object|undefined,/);
    for (const digits of ['5149', '0.098']) expect(printed.replaceAll(',', '')).toContain(digits);
  }
  expect(JSON.parse(printNow(document, 'json', language))).toEqual(sampleReport.results);
});
