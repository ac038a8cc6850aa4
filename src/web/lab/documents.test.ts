import { expect, it } from 'vitest';
import { firmLabels, firmTable } from '../../../test/browser/lab-data.ts';
import { writeDta } from '../../file/dta/write-dta.ts';
import { emptyDesk } from './desk.ts';
import { printedResults, resultsDocument, shownResults } from './documents.ts';

const file = new Uint8Array(writeDta(firmTable(30, 6, 1), firmLabels)).buffer;
const reading = { text: [], number: [], missing: [] };
const panel = { unit: 'firm', time: 'year' };

async function estimatedFirms() {
  const desk = emptyDesk(() => 0);
  const data = await desk.open({ name: 'firms.dta', bytes: file, part: null }, reading);
  const estimated = [
    await desk.estimate({ formula: 'profit ~ rd', split: 'region' }),
    await desk.estimate({ formula: 'profit ~ control1 | firm | rd ~ subsidy', vcov: 'cluster:firm' }),
    await desk.estimate({
      formula: 'profit ~ control1 | firm',
      panel,
      threshold: { by: 'control2', regime: 'rd', boot: 0 },
    }),
  ];
  const shown = { estimated, names: data.names, reading: data.diagnostics, language: 'en', version: '0' } as const;
  return { desk, data, shown };
}

it('says of a file what it is: variables, labels, the panel that its columns show', async () => {
  const { data } = await estimatedFirms();
  expect(data.nrow).toBe(180);
  expect(data.panel).toEqual(panel);
  expect(data.variables[4]).toEqual({ name: 'subsidy', label: firmLabels.subsidy, kind: 'number' });
  expect(data.described.en).toContain('control14');
  // Numbers beside texts: how many different ones there are.
  expect(data.described.en.match(/Distinct/g)?.length).toBeGreaterThan(1);
  expect(data.described.en.replace(/<[^>]*>/g, ' ')).toMatch(/\n\s*year\b[^\n]* 180\s+0\s+6\s/);
});

it('columns of several requests are called by their place, and a threshold has its search below', async () => {
  const { shown } = await estimatedFirms();
  const { data } = resultsDocument(shown);
  expect('models' in data && (data.models as { id: string }[]).map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
  const { tables, figures } = shownResults(shown);
  expect(tables).toContain('First stage of rd, model (4)');
  expect(tables).toContain('Threshold estimator of control2');
  expect(figures.length).toBeGreaterThan(0);
});

it('a label that looks like markup is text in the page', async () => {
  const { desk, shown } = await estimatedFirms();
  const estimated = [await desk.estimate({ formula: 'profit ~ subsidy' })];
  const { tables } = shownResults({ ...shown, estimated });
  expect(tables).toContain('Subsidy &lt;img src=x onerror=alert(1)&gt;');
  expect(tables).not.toContain('<img');
});

it('nothing is shown of nothing; docx, tex and csv of something are files', async () => {
  const { shown } = await estimatedFirms();
  expect(shownResults({ ...shown, estimated: [] })).toEqual({ tables: '', figures: [] });
  expect(await printedResults(shown, 'tex')).toContain('\\begin{tabular}');
  expect(await printedResults(shown, 'csv')).toContain('estimate');
  expect((await printedResults(shown, 'docx')).slice(0, 2)).toEqual(Uint8Array.of(0x50, 0x4b));
});

it('scripts name the file once and every model', async () => {
  const { desk } = await estimatedFirms();
  const words = [{ formula: 'profit ~ rd | firm' }, { formula: 'profit ~ rd + control1 | firm' }];
  const script = desk.script(words, 'stata');
  expect(script.match(/use "firms\.dta"/g)).toHaveLength(1);
  expect(script.match(/reghdfe profit rd/g)).toHaveLength(2);
});
