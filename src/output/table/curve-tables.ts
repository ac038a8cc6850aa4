import type {
  ChoiceSummary,
  CurveSummary,
  CurveTest,
  SpecificationCurve,
} from '../../model/result/specification-curve.ts';
import { choiceText } from '../figure/specification-figure.ts';
import type { ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { modelCells, textOf, withModels } from './after-fit-parts.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { curveVerdict } from './curve-verdict.ts';
import { code, counted, joinedBy, plain, tableOf } from './parts.ts';

const spreadColumns: readonly TableColumn[] = [
  { id: 'count', label: { key: 'curve.count' } },
  { id: 'median', label: { key: 'curve.median' } },
  { id: 'low', label: { key: 'curve.low' } },
  { id: 'high', label: { key: 'curve.high' } },
  { id: 'positive', label: { key: 'curve.positive' } },
  { id: 'positive_significant', label: { key: 'curve.positive_significant' } },
  { id: 'negative_significant', label: { key: 'curve.negative_significant' } },
];

function spreadCells(one: Omit<CurveSummary, 'vcov' | 'own' | 'below'>): readonly Cell[] {
  const { count, median, low, high, positive, positive_significant: up, negative_significant: down } = one;
  return [counted(count), ...[median, low, high].map((value) => plain(value)), ...[positive, up, down].map(shareCell)];
}

/** A share as a number of two decimals: 0.00 is none of many. */
function shareCell(value: number | null): Cell {
  return plain(value, 2);
}

/** The specification curves of the models: in all, then by choice. */
export function curveTables(curves: readonly OfModel<SpecificationCurve>[], hasModels: boolean): readonly TableModel[] {
  const drawn = curves.filter(({ value }) => value.reason === undefined);
  const tests = drawn.flatMap(({ model, value }) => (value.test === undefined ? [] : [{ model, value: value.test }]));
  const choices = drawn.flatMap(({ model, value }) => value.choices.map((one) => ({ model, one })));
  return [
    tableOf(
      'curve',
      { key: 'curve.title' },
      {
        stub: { key: 'curve.vcov' },
        columns: withModels(
          [
            ...spreadColumns,
            { id: 'own', label: { key: 'curve.own' } },
            { id: 'below', label: { key: 'curve.below' } },
          ],
          hasModels,
        ),
        rows: drawn.flatMap(({ model, value }) =>
          value.summaries.map(
            (one): TableRow => ({
              id: `${model.id}.${one.vcov}`,
              label: code(one.vcov),
              cells: [...modelCells(model, hasModels), ...spreadCells(one), plain(one.own), counted(one.below)],
            }),
          ),
        ),
        notes: curves.flatMap(({ model, value }) => curveNotes(model, value, hasModels)),
      },
    ),
    ...(tests.length === 0 ? [] : [testTable(tests, hasModels)]),
    ...(choices.length === 0
      ? []
      : [
          tableOf(
            'curve-choices',
            { key: 'curve.choices' },
            {
              stub: { key: 'curve.choice' },
              columns: withModels(spreadColumns, hasModels),
              rows: choices.map(({ model, one }) => choiceRow(model, one, hasModels)),
              notes: [{ key: 'curve.choices_note' }],
            },
          ),
        ]),
  ];
}

const testColumns: readonly TableColumn[] = [
  { id: 'statistic', label: { key: 'permutation.statistic' } },
  { id: 'value', label: { key: 'permutation.value' } },
  { id: 'mean', label: { key: 'curve.drawn_mean' } },
  { id: 'p', label: { key: 'curve.test_p' } },
  { id: 'larger', label: { key: 'curve.larger' } },
  { id: 'draws', label: { key: 'wild.draws' } },
];

/** The whole curve against curves of rearranged data, a row a statistic and covariance. */
function testTable(tests: readonly OfModel<CurveTest>[], hasModels: boolean): TableModel {
  return tableOf(
    'curve-test',
    { key: 'curve.test_title' },
    {
      stub: { key: 'curve.vcov' },
      columns: withModels(testColumns, hasModels),
      rows: tests.flatMap(({ model, value }) =>
        value.lines.map(
          ({ vcov, statistic, value: own, mean, p, larger, failed }): TableRow => ({
            id: `${model.id}.${vcov}.${statistic}`,
            label: code(vcov),
            cells: [
              ...modelCells(model, hasModels),
              { kind: 'label', label: { key: `curve.statistic_${statistic}` }, align: 'end' },
              ...[own, mean].map((number) => (statistic === 'median' ? plain(number) : plain(number, 4))),
              { kind: 'p', value: p },
              counted(larger),
              counted(value.reps - failed),
            ],
          }),
        ),
      ),
      notes: tests.flatMap(({ model, value }): readonly Text[] => {
        const { columns, by, within, is_enumerated: isAll, reps, seed } = value;
        const what: Text = by === null ? { key: 'permutation.rows' } : { key: 'permutation.blocks', values: { by } };
        const where: Text =
          within === null ? { key: 'permutation.anywhere' } : { key: 'permutation.within', values: { within } };
        const names = textOf(model, columns.join(', '), hasModels);
        const values = { names, what, where, reps, seed: String(seed) };
        return [
          { key: isAll ? 'curve.test_enumerated' : 'curve.test_note', values },
          ...verdictsOf(model, value, hasModels),
        ];
      }),
    },
  );
}

/** What the test says under each covariance. */
function verdictsOf(model: ModelAfterFit, test: CurveTest, hasModels: boolean): readonly Text[] {
  return [...new Set(test.lines.map(({ vcov }) => vcov))].flatMap((vcov): readonly Text[] => {
    const verdict = curveVerdict(test, vcov);
    return verdict === null
      ? []
      : [{ key: 'curve.verdict', values: { text: textOf(model, vcov, hasModels), verdict } }];
  });
}

function choiceRow(model: ModelAfterFit, one: ChoiceSummary, hasModels: boolean): TableRow {
  const { dimension, choice } = one;
  const label: Text = {
    key: 'curve.choice_row',
    values: { dimension: { key: `curve.dimension_${dimension}` }, choice: choiceText(dimension, choice) },
  };
  return {
    id: `${model.id}.${dimension}.${choice}`,
    label: { kind: 'label', label },
    cells: [...modelCells(model, hasModels), ...spreadCells(one)],
  };
}

function curveNotes(model: ModelAfterFit, curve: SpecificationCurve, hasModels: boolean): readonly Text[] {
  const text = textOf(model, curve.term, hasModels);
  if (curve.reason !== undefined) return [{ key: `curve.${curve.reason}`, values: { text } }];
  const { kept } = curve.space;
  return [
    { key: 'curve.note', values: { term: text } },
    ...(kept.length === 0 ? [] : [{ key: 'curve.kept', values: { terms: joinedBy(kept, 'list.comma') } } as const]),
    ...Object.entries(curve.failures).map(
      ([failure, count]): Text => ({ key: 'curve.failures', values: { count, code: failure } }),
    ),
  ];
}
