import { roundSignificant } from '../../math/round-significant.ts';
import type { PermutationInterval, PermutationTest, PermutedStatistic } from '../../model/result/permutation.ts';
import type { ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { absentNote, modelCells, textOf, withModels } from './after-fit-parts.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { joinedBy, plain, tableOf } from './parts.ts';

/** Where a statistic lies among those of drawn data, and how many there are. */
export const permutationColumns: readonly TableColumn[] = [
  { id: 'statistic', label: { key: 'permutation.statistic' } },
  { id: 'value', label: { key: 'permutation.value' } },
  { id: 'p', label: { key: 'permutation.p' } },
  { id: 'p_plus', label: { key: 'permutation.p_plus' } },
  { id: 'lower', label: { key: 'permutation.lower' } },
  { id: 'upper', label: { key: 'permutation.upper' } },
  { id: 'draws', label: { key: 'wild.draws' } },
];

/** The permutation test of every model: a row by the coefficient and one by its t. */
export function permutationTable(tests: readonly OfModel<PermutationTest>[], hasModels: boolean): TableModel {
  return tableOf(
    'permutation',
    { key: 'permutation.title' },
    {
      stub: { key: 'permutation.term' },
      columns: withModels(permutationColumns, hasModels),
      rows: tests.flatMap(({ model, value }) => permutationRows(model, value, hasModels)),
      notes: [...methodNotes(tests), ...tests.flatMap(({ model, value }) => ownNotes(model, value, hasModels))],
    },
  );
}

/** A row by the coefficient and one by its t. */
export function permutationRows(
  model: ModelAfterFit,
  test: Pick<PermutationTest, 'term' | 'estimate' | 't' | 'reps' | 'absent'>,
  hasModels: boolean,
): readonly TableRow[] {
  return (['estimate', 't'] as const).map((kind) => {
    const { value, both, lower, upper } = test[kind];
    const share = ({ count, p }: PermutedStatistic['both']): Cell =>
      p !== null && count === 0 ? { kind: 'word', key: 'wild.none_larger', align: 'end' } : { kind: 'p', value: p };
    return {
      id: `${model.id}.${test.term}.${kind}`,
      label: { kind: 'verbatim', text: test.term },
      cells: [
        ...modelCells(model, hasModels),
        { kind: 'label', label: { key: `permutation.by_${kind}` }, align: 'end' },
        plain(value, ...(kind === 't' ? [4] : [])),
        share(both),
        { kind: 'p', value: both.p_plus },
        share(lower),
        share(upper),
        { kind: 'count', value: test.absent.length === 0 ? test.reps : null },
      ],
    } satisfies TableRow;
  });
}

/** How it was drawn, once for all models that were drawn alike. */
function methodNotes(tests: readonly OfModel<PermutationTest>[]): readonly Text[] {
  const seen = new Set<string>();
  return tests.flatMap(({ value }): Text[] => {
    const { by, within, seed, is_enumerated, reps } = value;
    const key = JSON.stringify([by, within, is_enumerated, is_enumerated ? reps : 0]);
    if (value.absent.length > 0 || seen.has(key)) return [];
    seen.add(key);
    const what: Text = by === null ? { key: 'permutation.rows' } : { key: 'permutation.blocks', values: { by } };
    const where: Text =
      within === null ? { key: 'permutation.anywhere' } : { key: 'permutation.within', values: { within } };
    const values = { what, where, reps, seed: String(seed) };
    return [{ key: is_enumerated ? 'permutation.note_enumerated' : 'permutation.note', values }];
  });
}

function ownNotes(model: ModelAfterFit, test: PermutationTest, hasModels: boolean): readonly Text[] {
  const { term, absent, failed, held, items, reps, interval } = test;
  const text = textOf(model, term, hasModels);
  if (absent.length > 0) return absentNote(model, { text: term, absent }, hasModels);
  return [
    ...(interval === null ? [] : [intervalNote(text, interval)]),
    ...(held === 0 ? [] : [{ key: 'permutation.held', values: { text, held, items } } as const]),
    ...(failed === 0 ? [] : [{ key: 'permutation.failed', values: { text, failed, reps } } as const]),
  ];
}

/** The effects that the draws do not reject, as a sentence. */
export function intervalNote(text: Text, { level, sets }: PermutationInterval): Text {
  const parts = sets.map(([low, high]): Text => {
    const shown = (value: number | null, none: string): number | string =>
      value === null ? none : roundSignificant(value, 4);
    return { key: 'permutation.set', values: { low: shown(low, '−∞'), high: shown(high, '∞') } };
  });
  return { key: 'permutation.interval', values: { text, level, sets: joinedBy(parts, 'list.comma') } };
}
