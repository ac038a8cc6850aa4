import { expect, test } from 'vitest';
import { auditTables } from '../../audit/audit-tables.ts';
import { readTableSet } from './read-set.ts';
import { cleanSet } from './testing/clean-set.ts';
import { faultRandom, plants } from './testing/planted.ts';

const audit = (set: unknown) => auditTables(readTableSet(JSON.stringify(set), 'set.json'));

test.each([1, 2, 3])('tables of real regressions have no finding: seed %i', (seed) => {
  const { findings, passes } = audit(cleanSet(seed));
  expect(findings).toEqual([]);
  expect(new Set(passes.map(({ rule }) => rule)).size).toBeGreaterThan(18);
});

const set = JSON.stringify(cleanSet(1));

test.each(Object.entries(plants))('a fault of %s is found where it is', (_, plant) => {
  const faulty = JSON.parse(set);
  const planted = plant(faulty, faultRandom(1));
  if (planted === null) return;
  const { findings } = audit(faulty);
  const { rule, table, column, term } = planted;
  expect(findings.map((one) => ({ rule: one.rule, ...one.place }))).toContainEqual(
    expect.objectContaining({
      rule,
      ...(table === null ? {} : { table }),
      ...(column === undefined ? {} : { column }),
      ...(term === undefined ? {} : { term }),
    }),
  );
});

const words = (text: string) => text.replace(/\n {4}/g, '\n');

test('tables by id, as a study writes them, and a list say the same', () => {
  const yaml = words(`
    table3:
      kind: coefficients
      title: Baseline
      statistic: t
      outcome: y
      effects: [year, firm]
      columns: { '(1)': one, '(2)': { label: two, sample: all } }
      rows:
        x: ['0.111*** (5.833)', '0.096* (5.077)']
        _cons: ['0.173*** (3.657)', '0.096* (−5.077)']
      nobs: ['5,149', '5,149']
    told:
      kind: facts
      panel: { periods: 19 }
  `);
  const { findings } = auditTables(readTableSet(yaml, 'set.yaml'));
  expect(findings.map(({ rule, place }) => [rule, place.column, place.term])).toEqual(
    [
      ['R01', '(2)', 'x'],
      ['R01', '(2)', '_cons'],
      ['R02', '(2)', '_cons'],
    ].sort((a, b) => (a[0] < b[0] ? -1 : 0)),
  );
});

test('a misspelt key is told with its place and the nearest name', () => {
  const fault = () => readTableSet('tables:\n  - table: 3\n    titel: x\n', 'set.yaml');
  expect(fault).toThrow(expect.objectContaining({ code: 'study-invalid' }));
  try {
    fault();
  } catch (error) {
    const { faults } = (error as { detail: { faults: { line: number; nearest: string | null }[] } }).detail; // thrown above
    expect(faults[0]).toMatchObject({ line: 3, nearest: 'title' });
  }
});

test('a cell that is no number is told with its place', () => {
  const text = JSON.stringify({
    tables: [{ table: 3, columns: [{ id: '(1)' }], rows: [{ term: 'x', cells: [{ estimate: 'abc', stat: null }] }] }],
  });
  expect(() => readTableSet(text, 'set.json')).toThrow(expect.objectContaining({ code: 'study-invalid' }));
});
