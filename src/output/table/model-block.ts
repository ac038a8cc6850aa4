import type { ModelResult } from '../../model/result/result.ts';
import { lossReasons } from '../../model/result/sample-losses.ts';
import { coefficientCells, coefficientColumns } from './coefficient-cells.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { covarianceName } from './covariance-name.ts';
import { blanks, joinedBy, plain, tableOf } from './parts.ts';

/** One model as a statistics program prints it: what was estimated, the facts beside it, the coefficient table below. */
export interface ModelBlock {
  readonly title: Text;
  readonly formula: string;
  /** Lines on the sample and the effects. */
  readonly lines: readonly Text[];
  /** Name and value, one a line, beside the lines. */
  readonly facts: readonly { readonly label: Text; readonly value: Cell }[];
  /** Over the whole width: the standard errors. */
  readonly inference: Text;
  readonly coefficients: TableModel;
}

/** The printed form of one model. */
export function modelBlock(model: ModelResult): ModelBlock {
  const effects = Object.entries(model.fixef);
  return {
    title: titleOf(model),
    formula: model.formula,
    lines: [
      ...(model.sample === null ? [] : [{ key: 'block.sample', values: { sample: model.sample } } as const]),
      ...(effects.length === 0 ? [] : [{ key: 'block.absorbed', values: { effects: effectList(effects) } } as const]),
      ...instrumentLines(model),
      droppedLine(model),
    ],
    facts: factsOf(model),
    inference: inferenceLine(model),
    coefficients: coefficientTable(model),
  };
}

function inferenceLine(model: ModelResult): Text {
  const values = { vcov: covarianceName(model.vcov), ssc: model.vcov.ssc };
  if (model.coef.some((c) => c.df !== undefined)) return { key: 'block.inference_own', values: { vcov: values.vcov } };
  if (model.df_t === null) return { key: 'block.inference_normal', values };
  return { key: 'block.inference', values: { ...values, df: model.df_t } };
}

function titleOf(model: ModelResult): Text {
  const count = Object.keys(model.fixef).length;
  if (model.estimator !== 'ols' && model.estimator !== '2sls') return { key: `block.title_${model.estimator}` };
  if (model.estimator === '2sls') return { key: count > 0 ? 'block.title_2sls_absorbed' : 'block.title_2sls' };
  return { key: count > 0 ? 'block.title_ols_absorbed' : 'block.title_ols' };
}

function instrumentLines({ iv }: ModelResult): readonly Text[] {
  if (iv === undefined) return [];
  return [
    { key: 'block.instrumented', values: { names: iv.endogenous.join(', ') } },
    { key: 'block.instruments', values: { names: iv.instruments.join(', ') } },
  ];
}

function effectList(effects: readonly (readonly [string, number])[]): Text {
  const parts = effects.map(([name, levels]): Text => ({ key: 'block.effect', values: { name, levels } }));
  return joinedBy(parts, 'list.comma');
}

const dropReasons = [...lossReasons, 'singleton', 'where', 'split'] as const;
/** Columns, functions and lags named beside a reason, those with most rows. */
const namedLosses = 4;

function droppedLine(model: ModelResult): Text {
  const reasons = dropReasons
    .filter((reason) => (model.dropped[reason] ?? 0) > 0)
    .map((reason): Text => {
      const text: Text = { key: `block.dropped_${reason}`, values: { count: model.dropped[reason] ?? 0 } };
      const own = (model.lost ?? []).filter((loss) => loss.reason === reason).slice(0, namedLosses);
      const names = own.map(({ name, rows }): Text => ({ key: 'block.dropped_name', values: { name, rows } }));
      return names.length === 0
        ? text
        : { key: 'block.dropped_at', values: { reason: text, names: joinedBy(names, 'list.comma') } };
    });
  if (reasons.length === 0) return { key: 'block.dropped_none' };
  return { key: 'block.dropped', values: { reasons: joinedBy(reasons, 'list.comma') } };
}

function factsOf(model: ModelResult): ModelBlock['facts'] {
  const measured = (label: Text, value: number | null): ModelBlock['facts'] =>
    value === null ? [] : [{ label, value: plain(value, 4) }];
  return [
    { label: { key: 'fact.nobs' }, value: { kind: 'count', value: model.nobs } },
    { label: { key: 'fact.df_resid' }, value: { kind: 'count', value: model.df_resid } },
    ...overallFacts(model),
    ...measured({ key: 'row.r2.overall' }, model.r2.overall),
    ...measured({ key: 'row.r2.adj' }, model.r2.adj),
    ...measured({ key: 'row.r2.within' }, model.r2.within),
    ...(model.vcov.ssc === 'xtreg' ? measured({ key: 'fact.xtreg_within' }, model.r2.xtreg_within) : []),
    { label: { key: 'fact.rmse' }, value: plain(model.rmse, 4) },
  ];
}

/** F of all slopes and its p, or chi2 where the distribution is the normal. */
function overallFacts({ f }: ModelResult): ModelBlock['facts'] {
  if (f === undefined || f === null) return [];
  const [q, dof] = f.df;
  const isNormal = dof === null;
  const value = f.stat === null || !isNormal ? f.stat : f.stat * q;
  return [
    {
      label: isNormal ? { key: 'fact.f_chi2', values: { q } } : { key: 'fact.f', values: { q, dof: degreesOf(dof) } },
      value: plain(value, 2),
    },
    { label: { key: isNormal ? 'fact.f_p_chi2' : 'fact.f_p' }, value: { kind: 'p', value: f.p } },
  ];
}

/** Degrees of freedom as text shows them: those of CR2 are no whole numbers. */
function degreesOf(dof: number): number {
  return Number.isInteger(dof) ? dof : Math.round(dof * 10) / 10;
}

/** Term, coefficient, standard error, t, p and the 95% interval. */
export function coefficientTable(model: ModelResult): TableModel {
  const hasOwnDf = model.coef.some((c) => c.df !== undefined);
  const isNormal = model.df_t === null && !hasOwnDf;
  const df: readonly TableColumn[] = hasOwnDf ? [{ id: 'df', label: { key: 'coef.df' } }] : [];
  return tableOf(model.id, '', {
    stub: model.depvar,
    columns: coefficientColumns(isNormal, df),
    rows: [
      ...model.coef.map(
        (c): TableRow => ({
          id: c.term,
          label: { kind: 'verbatim', text: c.term },
          cells: coefficientCells(c, hasOwnDf ? [plain(c.df ?? null, 1)] : []),
        }),
      ),
      ...model.collinear.map(
        (term): TableRow => ({
          id: term,
          label: { kind: 'verbatim', text: term },
          cells: [{ kind: 'word', key: 'omitted' }, ...blanks(hasOwnDf ? 6 : 5)],
        }),
      ),
    ],
  });
}
