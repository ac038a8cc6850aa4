import type { Change, Difference, ReconciledColumn, Reconciliation } from '../../model/result/reconciliation.ts';
import type { Cell, Phrase, TableModel, TableRow, Text } from './contract.ts';
import { covarianceName } from './covariance-name.ts';
import { empty, joinedBy, plain, tableOf } from './parts.ts';

/** Digits of a factor in a sentence. */
const factorDigits = 4;

/** One model under every small-sample convention: a column each, and in the notes what makes its standard errors differ. */
export function reconcileTable(reconciliation: Reconciliation): TableModel {
  const { columns, chosen, vcov } = reconciliation;
  const name = covarianceName({ ...vcov, ssc: chosen, factors: [] });
  const notes: Text[] = [{ key: 'reconcile.reading', values: { chosen } }];
  for (const column of columns) if (column.difference !== null) notes.push(explained(column, chosen));
  notes.push({ key: 'reconcile.f_note' });
  if (columns.some((column) => column.r2.length > 2)) notes.push({ key: 'reconcile.r2_note' });
  if (vcov.type === 'hc1') notes.push({ key: 'reconcile.xtreg_robust' });
  return tableOf(
    `reconcile-${reconciliation.id}`,
    { key: 'reconcile.title', values: { formula: reconciliation.formula, vcov: name } },
    {
      stub: reconciliation.depvar,
      columns: columns.map(({ ssc }) => ({ id: ssc, label: ssc })),
      rows: [...termRows(columns), ...countRows(columns), ...factorRows(columns), ...fitRows(columns)],
      notes,
    },
  );
}

function termRows(columns: readonly ReconciledColumn[]): readonly TableRow[] {
  const terms = [...new Set(columns.flatMap((column) => column.coef.map((one) => one.term)))];
  return terms.flatMap((term) => {
    const found = columns.map((column) => column.coef.find((one) => one.term === term));
    return [
      {
        id: term,
        label: { kind: 'verbatim', text: term } as const,
        cells: found.map((one): Cell => (one ? { kind: 'estimate', value: one.estimate, p: one.p } : empty)),
      },
      {
        id: `${term}.se`,
        label: empty,
        aloneLabel: { key: 'row.se_of', values: { term } } as const,
        cells: found.map((one): Cell => (one ? { kind: 'statistic', value: one.se } : empty)),
      },
    ];
  });
}

function countRows(columns: readonly ReconciledColumn[]): readonly TableRow[] {
  const count = (id: string, key: Phrase['key'], valueIn: (column: ReconciledColumn) => number | null): TableRow => ({
    id,
    label: { kind: 'label', label: { key } },
    cells: columns.map((column): Cell => {
      const value = valueIn(column);
      return value === null ? empty : { kind: 'count', value };
    }),
  });
  const hasGroups = columns.some((column) => (column.correction?.groups.length ?? 0) > 0);
  return [
    { ...count('nobs', 'reconcile.row_nobs', (column) => column.nobs), ruled: true },
    count('parameters', 'reconcile.row_parameters', (column) => column.correction?.parameters ?? null),
    ...(hasGroups
      ? [count('groups', 'reconcile.row_groups', (column) => column.correction?.groups[0]?.count ?? null)]
      : []),
    {
      id: 'df_t',
      label: { kind: 'label', label: { key: 'reconcile.row_df' } },
      cells: columns.map(
        ({ df_t }): Cell =>
          df_t === null ? { kind: 'word', key: 'reconcile.normal' } : { kind: 'count', value: df_t },
      ),
    },
  ];
}

function factorRows(columns: readonly ReconciledColumn[]): readonly TableRow[] {
  const part = (id: string, key: Phrase['key'], valueIn: (difference: Difference) => number | null): TableRow => ({
    id,
    label: { kind: 'label', label: { key } },
    cells: columns.map(({ difference, correction }): Cell => {
      if (correction === null) return empty;
      const value = difference === null ? 1 : valueIn(difference);
      return value === null ? { kind: 'word', key: 'reconcile.by_term' } : plain(value, factorDigits);
    }),
  });
  if (columns.every((column) => column.correction === null)) return [];
  return [
    { ...part('factor_n', 'reconcile.row_n', (one) => one.sample.factor), ruled: true },
    part('factor_k', 'reconcile.row_k', (one) => one.parameters.factor),
    part('factor_g', 'reconcile.row_g', (one) => one.groups.factor),
    part('factor', 'reconcile.row_product', (one) =>
      one.groups.factor === null ? null : one.sample.factor * one.parameters.factor * one.groups.factor,
    ),
  ];
}

function fitRows(columns: readonly ReconciledColumn[]): readonly TableRow[] {
  const measures = [...new Set(columns.flatMap((column) => column.r2.map((one) => one.measure)))];
  return [
    {
      id: 'f',
      label: { kind: 'label', label: { key: 'reconcile.row_f' } },
      cells: columns.map(({ f }): Cell => (f === null ? empty : plain(f.stat, 2))),
      ruled: true,
    },
    {
      id: 'f_ratio',
      label: { kind: 'label', label: { key: 'reconcile.row_f_ratio' } },
      cells: columns.map(({ f, difference }): Cell => {
        if (f === null) return empty;
        return plain(difference === null ? 1 : difference.fRatio, factorDigits);
      }),
    },
    {
      id: 'f_df',
      label: { kind: 'label', label: { key: 'reconcile.row_f_df' } },
      cells: columns.map(({ f }): Cell => {
        if (f === null || f.df[1] === null) return empty;
        const values = { first: f.df[0], second: f.df[1] };
        return { kind: 'label', label: { key: 'list.comma', values }, align: 'end' };
      }),
    },
    ...measures.map((measure): TableRow => {
      return {
        id: `r2.${measure}`,
        label: { kind: 'label', label: { key: `reconcile.r2.${measure}` } },
        cells: columns.map((column): Cell => {
          const found = column.r2.find((one) => one.measure === measure);
          return found === undefined ? empty : plain(found.value, factorDigits);
        }),
      };
    }),
  ];
}

/** `areg: standard errors 1.0288 times those of fixest. areg counts the 271 city effects: N - K 4,883 -> 4,613, factor 1.0288.` */
function explained(column: ReconciledColumn, chosen: string): Text {
  const { difference, ssc } = column;
  if (difference === null) return { key: 'reconcile.same', values: { ssc, chosen } };
  const parts = [
    ...sampleParts(column, difference),
    ...parameterParts(column, difference, chosen),
    ...groupParts(column, difference),
  ];
  if (parts.length === 0) return { key: 'reconcile.same', values: { ssc, chosen } };
  const product = difference.product.filter((one): one is number => one !== null);
  const [first] = product;
  const list = joinedBy(parts, 'list.semicolon');
  if (first === undefined || !product.every((one) => Math.abs(one - first) < 1e-12))
    return { key: 'reconcile.differs_by_term', values: { ssc, chosen, parts: list } };
  return { key: 'reconcile.differs', values: { ssc, chosen, factor: rounded(first), parts: list } };
}

function sampleParts({ singletons }: ReconciledColumn, { sample }: Difference): readonly Phrase[] {
  const factor = rounded(sample.factor);
  if (isSame(sample.nobs) && isSame(sample.numerator)) return [];
  if (isSame(sample.nobs)) {
    return [{ key: 'reconcile.n_numerator', values: { ...fromTo(sample.numerator), factor } }];
  }
  return [{ key: 'reconcile.n_rows', values: { ...fromTo(sample.nobs), count: Math.abs(singletons), factor } }];
}

function parameterParts(column: ReconciledColumn, { parameters }: Difference, chosen: string): readonly Phrase[] {
  const { accounts, residual, factor } = parameters;
  const [before, after] = accounts;
  const tail = { ...fromTo(residual), factor: rounded(factor) };
  if (isSame(residual)) return [];
  if (after === null) return [{ key: 'reconcile.k_none', values: { ssc: column.ssc, ...tail } }];
  if (before === null) return [{ key: 'reconcile.k_all', values: { ssc: column.ssc, chosen, ...tail } }];
  const causes: Phrase[] = after.effects.flatMap((effect, e): Phrase[] => {
    const from = before.effects[e]?.counted ?? 0;
    if (from === effect.counted) return [];
    const values = { ssc: column.ssc, name: effect.name, levels: effect.levels, from, to: effect.counted };
    return [{ key: effect.counted === effect.levels ? 'reconcile.k_effect_all' : 'reconcile.k_effect', values }];
  });
  const rest = after.extra + after.constant - before.extra - before.constant;
  if (rest !== 0)
    causes.push({ key: rest > 0 ? 'reconcile.k_more' : 'reconcile.k_fewer', values: { count: Math.abs(rest) } });
  if (causes.length === 0) causes.push({ key: 'reconcile.k_other', values: { ssc: column.ssc } });
  return [{ key: 'reconcile.k', values: { causes: joinedBy(causes, 'list.comma'), ...tail } }];
}

function groupParts({ ssc, correction }: ReconciledColumn, { groups }: Difference): readonly Phrase[] {
  if (correction === null || correction.groups.length === 0) return [];
  if (groups.factor === null) return [{ key: 'reconcile.g_by_term', values: { ssc } }];
  if (groups.factor === 1) return [];
  const values = { ssc, count: groups.counts[1], factor: rounded(groups.factor) };
  if (!isSame(groups.counts)) return [{ key: 'reconcile.g_count', values: { ...values, ...fromTo(groups.counts) } }];
  return [{ key: correction.groups[0]?.factor === 1 ? 'reconcile.g_off' : 'reconcile.g_on', values }];
}

function isSame([from, to]: Change): boolean {
  return from === to;
}

function fromTo([from, to]: Change): { readonly from: number; readonly to: number } {
  return { from, to };
}

/** A factor for a sentence; a table has the full one. */
function rounded(factor: number): number {
  return Math.round(factor * 10 ** factorDigits) / 10 ** factorDigits;
}
