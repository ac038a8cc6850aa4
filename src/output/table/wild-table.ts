import type { WildInterval, WildTest } from '../../model/result/wild.ts';
import type { ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { absentNote, modelCells, textOf, withModels } from './after-fit-parts.ts';
import { intervalCells, intervalColumns } from './coefficient-cells.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { joinedBy, plain, tableOf } from './parts.ts';

const columns: readonly TableColumn[] = [
  { id: 'type', label: { key: 'wild.type' } },
  { id: 'stat', label: { key: 'wild.stat' } },
  { id: 'p', label: { key: 'wild.p' } },
  ...intervalColumns,
  { id: 'draws', label: { key: 'wild.draws' } },
  { id: 'clusters', label: { key: 'wild.clusters' } },
];

/** The wild cluster bootstrap of every model: a row each, and a row more for every further interval. */
export function wildTable(tests: readonly OfModel<WildTest>[], hasModels: boolean): TableModel {
  return tableOf(
    'wild',
    { key: tests.every(({ value }) => value.by === null) ? 'wild.title_rows' : 'wild.title' },
    {
      stub: { key: 'after.restrictions' },
      columns: withModels(columns, hasModels),
      rows: tests.flatMap(({ model, value }) => rowsOf(model, value, hasModels)),
      notes: [...methodNotes(tests), ...tests.flatMap(({ model, value }) => ownNotes(model, value, hasModels))],
    },
  );
}

function rowsOf(model: ModelAfterFit, test: WildTest, hasModels: boolean): readonly TableRow[] {
  const [first = null, ...others] = test.ci95 ?? [];
  const cells: readonly Cell[] = [
    { kind: 'verbatim', text: test.type, align: 'end' },
    plain(test.stat, 4),
    shareCell(test),
    ...intervalCells(first),
    { kind: 'count', value: test.absent.length === 0 ? test.reps : null },
    { kind: 'count', value: test.absent.length === 0 ? test.clusters : null },
  ];
  const empty: Cell = { kind: 'empty' };
  const id = `${model.id}.${test.term}`;
  return [
    { id, label: { kind: 'verbatim', text: test.term }, cells: [...modelCells(model, hasModels), ...cells] },
    ...others.map(
      (interval, k): TableRow => ({
        id: `${id}.${k + 2}`,
        label: { kind: 'label', label: { key: 'wild.also' } },
        cells: [
          ...modelCells(model, hasModels).map(() => empty),
          empty,
          empty,
          empty,
          ...intervalCells(interval),
          empty,
          empty,
        ],
      }),
    ),
  ];
}

/** No draw was larger: p is below one of them, whatever it is. */
function shareCell({ p }: WildTest): Cell {
  return p === 0 ? { kind: 'word', key: 'wild.none_larger', align: 'end' } : { kind: 'p', value: p };
}

/** How it was drawn, once for all models that were drawn alike. */
function methodNotes(tests: readonly OfModel<WildTest>[]): readonly Text[] {
  const seen = new Set<string>();
  return tests.flatMap(({ value }): Text[] => {
    const { weights, by, errors, seed, is_enumerated, reps } = value;
    const key = JSON.stringify([weights, by, errors, is_enumerated]);
    if (value.absent.length > 0 || seen.has(key)) return [];
    seen.add(key);
    const values = {
      weights: { key: `wild.weights_${weights}` } as const,
      ...{ by: by ?? '', reps, seed: String(seed) },
      errors: joinedBy(errors, 'list.comma'),
    };
    const note = by === null ? 'wild.note_rows' : 'wild.note';
    return [{ key: is_enumerated ? (`${note}_enumerated` as const) : note, values }];
  });
}

function ownNotes(model: ModelAfterFit, test: WildTest, hasModels: boolean): readonly Text[] {
  const { term, failed, ties, ci95, absent, stat, p, reps, restrictions, method } = test;
  const text = textOf(model, term, hasModels);
  if (absent.length > 0) return absentNote(model, { text: term, absent }, hasModels);
  if (stat === null) return [{ key: 'wild.no_variance', values: { text } }];
  return [
    ...(method === 'least-squares' ? [] : [{ key: `wild.method_${method}`, values: { text } } as const]),
    ...(ci95?.length === 0 ? [{ key: 'wild.empty', values: { text } } as const] : []),
    ...(failed === 0 ? [] : [{ key: 'wild.failed', values: { text, failed } } as const]),
    ...(ties === 0 ? [] : [{ key: 'wild.ties', values: { text, ties } } as const]),
    ...(ci95?.some(isOpen) === true ? [{ key: 'wild.open', values: { text } } as const] : []),
    ...(p === 0 ? [{ key: 'wild.none_note', values: { text, reps } } as const] : []),
    ...(ci95 === null
      ? [{ key: restrictions.length > 1 ? 'wild.joint' : 'wild.few_draws', values: { text } } as const]
      : []),
  ];
}

function isOpen([low, high]: WildInterval): boolean {
  return low === null || high === null;
}
