import { at } from '../../error/at.ts';
import { roundSignificant } from '../../math/round-significant.ts';
import type { ChiSquareLine, FirstStageLine, FLine, IvResult } from '../../model/result/iv.ts';
import type { ModelResult } from '../../model/result/result.ts';
import type { TextKey } from '../format/text-key.ts';
import { coefficientCells, coefficientColumns, intervalCells, intervalColumns } from './coefficient-cells.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { blanks, empty, plain, tableOf } from './parts.ts';

type Instrumented = ModelResult & { readonly iv: IvResult };

/** Below a model with instruments: its first stages, the tests with the null of each, and the sets that need no strength. */
export function ivTables(models: readonly ModelResult[]): readonly TableModel[] {
  const hasModels = models.length > 1;
  return models.filter(isInstrumented).flatMap((model) => {
    const name: Text = hasModels ? { key: 'iv.of_model', values: { id: model.id } } : '';
    return [
      ...model.iv.first_stage.map((stage) => firstStageTable(model, stage, name)),
      testsTable(model, name),
      ...setTables(model, name),
      ...relaxedTables(model, name),
    ];
  });
}

function isInstrumented(model: ModelResult): model is Instrumented {
  return model.iv !== undefined;
}

function named(key: TextKey, model: Text, values: Readonly<Record<string, Text | number>> = {}): Text {
  return { key, values: { ...values, model } };
}

function firstStageTable(model: Instrumented, stage: FirstStageLine, name: Text): TableModel {
  return tableOf(`${model.id}.first.${stage.endog}`, named('iv.first_stage', name, { endog: stage.endog }), {
    stub: stage.endog,
    columns: coefficientColumns(model.df_t === null),
    rows: stage.coef.map((c) => ({
      id: c.term,
      label: { kind: 'verbatim', text: c.term },
      cells: coefficientCells(c),
    })),
  });
}

/** One line a test; the null in words. */
function testsTable(model: Instrumented, name: Text): TableModel {
  const { iv } = model;
  const isIid = model.vcov.type === 'iid';
  return tableOf(`${model.id}.iv`, named('iv.tests', name), {
    stub: { key: 'iv.column_test' },
    columns: [
      { id: 'stat', label: { key: 'iv.column_stat' } },
      { id: 'df', label: { key: 'iv.column_df' } },
      { id: 'p', label: { key: 'iv.column_p' } },
      { id: 'null', label: { key: 'iv.column_null' } },
    ],
    rows: [
      ...(isIid ? [] : [chiRow('kp_lm', { key: 'iv.kp_lm' }, iv.kleibergen_paap_lm, 'iv.null_rank')]),
      chiRow('anderson', { key: 'iv.anderson' }, iv.anderson_lm, 'iv.null_rank'),
      ...(isIid ? [] : [bareRow('kp_f', { key: 'iv.kp_f' }, iv.kleibergen_paap_f, 'iv.null_weak')]),
      bareRow('cd_f', { key: 'iv.cragg_donald' }, iv.cragg_donald_f, 'iv.null_weak'),
      ...(iv.effective_f === null
        ? []
        : [bareRow('effective', { key: 'iv.effective' }, iv.effective_f, 'iv.null_weak_bias')]),
      ...iv.first_stage.flatMap((stage) => stageRows(stage, iv.endogenous.length > 1)),
      ...(iv.overid === null
        ? [{ id: 'exact', label: label({ key: 'iv.exact' }), cells: blanks(4) } satisfies TableRow]
        : [chiRow('overid', { key: `iv.${iv.overid.name}` }, iv.overid, 'iv.null_overid')]),
      ...(iv.orthogonality === null
        ? []
        : [
            chiRow(
              'orthog',
              { key: 'iv.c_test', values: { names: iv.orthogonality.instruments.join(', ') } },
              iv.orthogonality,
              'iv.null_orthog',
            ),
          ]),
      ...(iv.wu_hausman === null ? [] : [fRow('wu', { key: 'iv.wu_hausman' }, iv.wu_hausman, 'iv.null_exogenous')]),
      ...(iv.endogeneity === null
        ? []
        : [chiRow('endog', { key: 'iv.endogeneity' }, iv.endogeneity, 'iv.null_exogenous')]),
      fRow('ar', { key: 'iv.anderson_rubin' }, iv.anderson_rubin, 'iv.null_zero'),
      bareRow('ar_chi2', { key: 'iv.anderson_rubin_chi2' }, iv.anderson_rubin.chi2, 'iv.null_zero'),
      chiRow('sw_s', { key: 'iv.stock_wright' }, iv.stock_wright, 'iv.null_zero'),
      ...(iv.conditional_lr === null ? [] : [clrRow(iv.conditional_lr)]),
    ],
    notes: notesOf(model),
  });
}

function stageRows(stage: FirstStageLine, hasSeveral: boolean): readonly TableRow[] {
  const { endog } = stage;
  const f: FLine = { stat: stage.f, df: stage.df, p: stage.p };
  return [
    fRow(`f.${endog}`, { key: 'iv.first_f', values: { endog } }, f, 'iv.null_first'),
    ...(hasSeveral
      ? [
          fRow(`sw.${endog}`, { key: 'iv.sw_f', values: { endog } }, stage.sanderson_windmeijer, 'iv.null_sw'),
          fRow(`ap.${endog}`, { key: 'iv.ap_f', values: { endog } }, stage.angrist_pischke, 'iv.null_sw'),
        ]
      : []),
    {
      id: `r2.${endog}`,
      label: label({ key: 'iv.partial_r2', values: { endog } }),
      cells: [plain(stage.partial_r2, 4), ...blanks(3)],
    },
    ...(hasSeveral
      ? [
          {
            id: `shea.${endog}`,
            label: label({ key: 'iv.shea_r2', values: { endog } }),
            cells: [plain(stage.shea_r2, 4), ...blanks(3)],
          },
        ]
      : []),
  ];
}

function notesOf({ iv, vcov, df_t }: Instrumented): readonly Text[] {
  const notes: Text[] = [{ key: df_t === null ? 'iv.note_z' : 'iv.note_t', values: { ssc: vcov.ssc } }];
  for (const { endog } of iv.first_stage.filter((stage) => stage.f === null && stage.partial_r2 !== null)) {
    if (iv.first_stage.length === 1) notes.push({ key: 'iv.held', values: { endog } });
  }
  if (iv.orthogonality !== null && iv.orthogonality.stat === null) notes.push({ key: 'iv.c_test_undefined' });
  const sy = iv.stock_yogo;
  if (sy !== null && sy.size10 !== null) {
    const values = { a: sy.size10, b: sy.size15 ?? 0, c: sy.size20 ?? 0, d: sy.size25 ?? 0 };
    notes.push({ key: 'iv.stock_yogo_size', values });
  }
  if (sy !== null && sy.bias5 !== null) {
    const values = { a: sy.bias5, b: sy.bias10 ?? 0, c: sy.bias20 ?? 0, d: sy.bias30 ?? 0 };
    notes.push({ key: iv.estimator === 'fuller' ? 'iv.fuller_bias' : 'iv.stock_yogo_bias', values });
  }
  if (sy !== null && sy.max5 !== null) {
    const values = { a: sy.max5, b: sy.max10 ?? 0, c: sy.max20 ?? 0, d: sy.max30 ?? 0 };
    notes.push({ key: 'iv.fuller_max', values });
  }
  notes.push({ key: sy === null ? 'iv.stock_yogo_none' : 'iv.stock_yogo_iid' });
  const critical = iv.effective_f_critical;
  if (critical !== null) {
    const rounded = (key: string): number => roundSignificant(critical[key] ?? 0, 4);
    notes.push({ key: 'iv.effective_critical', values: { a: rounded('bias10'), b: rounded('bias20') } });
  }
  if (iv.tf !== null && iv.tf.critical !== null) {
    notes.push({ key: 'iv.tf_note', values: { critical: roundSignificant(iv.tf.critical, 4) } });
  }
  return notes;
}

function setTables(model: Instrumented, name: Text): readonly TableModel[] {
  const { iv } = model;
  const sets = [
    { id: 'ar', label: { key: 'iv.anderson_rubin' } as const, intervals: iv.anderson_rubin.ci95 },
    { id: 'clr', label: { key: 'iv.clr' } as const, intervals: iv.conditional_lr?.ci95 ?? null },
    { id: 'tf', label: { key: 'iv.tf' } as const, intervals: iv.tf?.ci95 == null ? null : [iv.tf.ci95] },
  ];
  const rows = sets.flatMap((set) =>
    set.intervals === null
      ? []
      : set.intervals.length === 0
        ? [
            {
              id: set.id,
              label: label(set.label),
              cells: [{ kind: 'word', key: 'iv.empty' }, empty],
            } satisfies TableRow,
          ]
        : set.intervals.map(
            ([low, high], i): TableRow => ({
              id: `${set.id}.${i}`,
              label: i === 0 ? label(set.label) : label({ key: 'iv.and' }),
              cells: [end(low, '−∞'), end(high, '+∞')],
            }),
          ),
  );
  if (rows.length === 0) return [];
  return [
    tableOf(`${model.id}.sets`, named('iv.sets', name, { endog: at(iv.endogenous, 0) }), {
      columns: intervalColumns,
      rows,
      notes: [{ key: 'iv.sets_note' }],
    }),
  ];
}

/** Estimate and interval by the instrument's direct effect, and by the periods of serial correlation. */
function relaxedTables(model: Instrumented, name: Text): readonly TableModel[] {
  const { relaxed } = model.iv;
  if (relaxed === undefined) return [];
  const { union, breakdown, instrument, endogenous, serial, path } = relaxed;
  const columns: readonly TableColumn[] = [
    { id: 'estimate', label: { key: 'coef.estimate' } },
    { id: 'se', label: { key: 'coef.se' } },
    ...intervalColumns,
  ];
  const cells = (estimate: number | null, se: number | null, ci: readonly [number, number] | null): readonly Cell[] => [
    plain(estimate),
    plain(se),
    ...intervalCells(ci),
  ];
  const short = (value: number): number => roundSignificant(value, 6);
  return [
    tableOf(`${model.id}.relaxed`, named('iv.relaxed', name, { endog: endogenous, instrument }), {
      columns,
      rows: [
        ...path.map(
          ({ gamma, estimate, se, ci95 }): TableRow => ({
            id: `gamma.${gamma}`,
            label: label({ key: 'iv.gamma', values: { gamma: short(gamma) } }),
            cells: cells(estimate, se, ci95),
          }),
        ),
        { id: 'union', label: label({ key: 'iv.union' }), cells: cells(null, null, union), ruled: true },
      ],
      notes: [
        breakdown === null ? { key: 'iv.no_breakdown' } : { key: 'iv.breakdown', values: { gamma: short(breakdown) } },
      ],
    }),
    ...(serial.length === 0
      ? []
      : [
          tableOf(`${model.id}.serial`, named('iv.serial', name, { endog: endogenous }), {
            columns,
            rows: serial.map(({ lag, se, ci95 }) => ({
              id: `lag.${lag}`,
              label: label({ key: 'iv.serial_lag', values: { lag } }),
              cells: cells((ci95[0] + ci95[1]) / 2, se, ci95),
            })),
          }),
        ]),
  ];
}

function end(value: number | null, infinity: string): Cell {
  return value === null ? { kind: 'verbatim', text: infinity, align: 'end' } : plain(value);
}

function chiRow(id: string, name: Text, line: ChiSquareLine, key: TextKey): TableRow {
  return row(id, name, line.stat, { key: 'iv.df_chi2', values: { a: line.df } }, line.p, key);
}

function fRow(id: string, name: Text, line: FLine, key: TextKey): TableRow {
  return row(id, name, line.stat, { key: 'iv.df_f', values: { a: line.df[0], b: line.df[1] } }, line.p, key);
}

function clrRow(line: NonNullable<IvResult['conditional_lr']>): TableRow {
  return row('clr', { key: 'iv.clr' }, line.stat, '', line.p, 'iv.null_zero');
}

function bareRow(id: string, name: Text, value: number | null, key: TextKey): TableRow {
  return {
    id,
    label: label(name),
    cells: [plain(value, 3), ...blanks(2), label({ key })],
  };
}

function row(id: string, name: Text, stat: number | null, df: Text, p: number | null, key: TextKey): TableRow {
  return {
    id,
    label: label(name),
    cells: [plain(stat, 3), { kind: 'label', label: df, align: 'end' }, { kind: 'p', value: p }, label({ key })],
  };
}

function label(text: Text): Cell & { readonly kind: 'label' } {
  return { kind: 'label', label: text, align: 'start' };
}
