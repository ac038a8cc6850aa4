import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunDiff } from '../../output/table/run-diff/contract.ts';
import type { PrintedCell } from '../printed-tables.ts';
import type { RecordOfRun, RunRecord } from './contract.ts';
import { differencesIn, diffRuns } from './diff-runs.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd');
const value = fc.constantFrom(-0.25, -0.0004, 0, 0.0981, 0.09812, 1.5, 12);

const cell: fc.Arbitrary<PrintedCell | null> = fc.oneof(
  fc.constant(null),
  fc.constantFrom<PrintedCell>({ kind: 'word', text: 'Yes' }, { kind: 'word', text: 'No' }),
  fc.record({ value, stars: fc.constantFrom('', '*', '***'), p: fc.constantFrom(0.001, 0.09, 0.4) }).map(
    ({ value: number, stars, p }): PrintedCell => ({
      kind: 'estimate',
      text: number.toFixed(3) + stars,
      value: number,
      p,
      ...(stars === '' ? {} : { stars }),
    }),
  ),
);

const part = fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).chain((columns) =>
  fc.record({
    id: fc.constantFrom('main', 'folded'),
    caption: fc.constant('A table'),
    columns: fc.constant(columns.map((id) => ({ id, label: id }))),
    rows: fc.uniqueArray(
      fc.record({
        id: name,
        label: name,
        cells: fc.array(cell, { minLength: columns.length, maxLength: columns.length }),
      }),
      { selector: ({ id }) => id, maxLength: 3 },
    ),
  }),
);

const tables = fc.uniqueArray(
  fc.record({ id: name, kind: fc.constant('regression'), parts: fc.array(part, { minLength: 1, maxLength: 2 }) }),
  { selector: ({ id }) => id, maxLength: 3 },
);

const hash = fc.constantFrom('1', '2');
const hashes = fc.dictionary(name, fc.record({ sha256: hash }), { maxKeys: 3 });

const manifest: fc.Arbitrary<RecordOfRun> = fc.record({
  study: fc.record({
    id: fc.constant('s'),
    sha256: hash,
    written: fc.dictionary(fc.constantFrom('report', 'data', 'models'), fc.dictionary(name, value), { maxKeys: 3 }),
  }),
  synthetic: fc.boolean(),
  seed: fc.constant(null),
  scale: fc.constant(null),
  versions: fc.record({ node: fc.constantFrom('v20', 'v22') }),
  inputs: hashes,
  outputs: hashes.map((files) =>
    Object.fromEntries(Object.entries(files).map(([id, one]) => [`figures/${id}.svg`, one])),
  ),
});

const vcov = fc.constantFrom('iid', 'hc1').map((type) => ({ type, by: [], clusters: [], ssc: 'xtreg', factors: [1] }));

const run: fc.Arbitrary<RunRecord> = fc
  .record({
    version: fc.constantFrom('0.1.0', '0.2.0'),
    made: tables,
    record: fc.option(manifest),
    panel: hash,
    hypotheses: fc.uniqueArray(
      fc.record({
        id: name,
        text: fc.constant('A claim'),
        verdicts: fc.uniqueArray(
          fc.record({
            vcov,
            holding: fc.constantFrom(0, 1),
            columns: fc.constant(1),
            verdict: fc.constantFrom('supported' as const, 'not-supported' as const),
          }),
          { selector: (one) => one.vcov.type, maxLength: 2 },
        ),
      }),
      { selector: ({ id }) => id, maxLength: 2 },
    ),
    obtained: fc.array(value, { maxLength: 4 }),
  })
  .map(({ version, made, record, panel, hypotheses, obtained }) => ({
    path: version,
    document: {
      kind: 'study',
      results: {
        ...{ kaya: version, study: 's', synthetic: false, hypotheses, comparison: [] },
        tables: made.map(({ id }) => ({ id, numbers: obtained })),
        run: { panel_sha256: panel, study_sha256: '1', engine: 'e', seed: null, scale: null, generator: null },
      },
    },
    printed: { kaya: version, study: 's', language: 'en', tables: made },
    manifest: record,
    altered: [],
  }));

const all = { tolerance: 0, only: [] };

test('a run does not differ from itself', () => {
  fc.assert(
    fc.property(run, (one) => {
      const diff = diffRuns(one, one, all);
      expect(differencesIn(diff)).toEqual({ verdicts: 0, marks: 0, others: 0 });
      expect([diff.causes, diff.verdicts, diff.parts, diff.cells, diff.numbers]).toEqual([[], [], [], [], []]);
    }),
  );
});

/** What a difference says whichever run comes first, each list in one order. */
function mirrored({ causes, verdicts, parts, cells, numbers, counts }: RunDiff, isTurned: boolean) {
  const turn = <T>(a: T, b: T): readonly T[] => (isTurned ? [b, a] : [a, b]);
  const other = { added: 'removed', removed: 'added' } as const;
  const change = (one: string): string => (isTurned && (one === 'added' || one === 'removed') ? other[one] : one);
  const sorted = (list: readonly unknown[]): readonly string[] => list.map((one) => JSON.stringify(one)).sort();
  return {
    counts,
    causes: sorted(
      causes.map((one) => ('a' in one ? turn(one.a, one.b) : 'change' in one ? [one.file, change(one.change)] : one)),
    ),
    verdicts: sorted(verdicts.map((one) => [one.id, turn(one.before, one.after), sorted(one.cause.among)])),
    parts: sorted(parts.map((one) => [one.kind, one.in, change(one.change), sorted(one.cause.among)])),
    cells: sorted(cells.map((one) => [one.table, one.weight, turn(one.before, one.after), sorted(one.cause.among)])),
    numbers: sorted(numbers.map((one) => [one.path, one.weight, turn(one.before, one.after)])),
  };
}

test('B against A is A against B turned round', () => {
  fc.assert(
    fc.property(run, run, (a, b) => {
      expect(mirrored(diffRuns(b, a, all), true)).toEqual(mirrored(diffRuns(a, b, all), false));
    }),
    { numRuns: 300 },
  );
});

test('every cell of both tables is told or the same', () => {
  fc.assert(
    fc.property(run, run, (a, b) => {
      const { counts, cells, parts } = diffRuns(a, b, all);
      const [first, second] = [a, b].map(({ printed }) => printed?.tables ?? []);
      // Tables alike in all their names have nothing that is lacking, and all cells are compared.
      const outline = (made: typeof first): string =>
        JSON.stringify(made?.map((t) => [t.id, t.parts.map((p) => [p.id, p.columns, p.rows.map(({ id }) => id)])]));
      if (outline(first) !== outline(second)) return;
      expect(parts.filter(({ kind }) => kind !== 'figure')).toEqual([]);
      const size = (first ?? []).flatMap((t) => t.parts).reduce((sum, p) => sum + p.rows.length * p.columns.length, 0);
      expect(counts.cells).toBe(size);
      const same = JSON.stringify(first?.map((t) => t.parts.map((p) => p.rows.map((r) => r.cells))));
      const isSame = same === JSON.stringify(second?.map((t) => t.parts.map((p) => p.rows.map((r) => r.cells))));
      // p alone is not printed: what differs in it alone is no change of a cell.
      if (isSame) expect(cells).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
