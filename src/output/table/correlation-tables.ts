import { extremesOf } from '../../math/extremes.ts';
import type { CorrelationPair, Correlations, PairFact } from '../../model/result/correlations.ts';
import type { Cell, TableModel, TableRow, Text } from './contract.ts';
import { covarianceNote } from './covariance-name.ts';
import { empty, joinedBy, plain, tableOf } from './parts.ts';

export interface CorrelationTableOptions {
  /** How a variable is printed; left out: as it is called. */
  readonly nameOf?: (variable: string) => Text;
  /** How covariances name variables. */
  readonly names?: Readonly<Record<string, Text>>;
}

/**
 * The matrix: variables in rows under their number, the same numbers above the columns, as asdoc and most papers print it. Pearson or
 * Spearman below the diagonal; of both Pearson below and Spearman above it.
 */
export function correlationTable(
  result: Correlations,
  { nameOf = (variable) => variable, names = {} }: CorrelationTableOptions = {},
): TableModel {
  const { variables, method, pairs, below } = result;
  const found = pairFinder(pairs);
  const pairAt = (i: number, j: number): CorrelationPair | null => {
    if (i > j) return found(method === 'spearman' ? 'spearman' : 'pearson', i, j);
    return method === 'both' && i < j ? found('spearman', j, i) : null;
  };
  const labelOf = (i: number): Text => ({
    key: 'correlation.variable',
    values: { number: numberOf(i), name: nameOf(variables[i] ?? '') },
  });
  return tableOf(
    'correlations',
    { key: 'correlation.title' },
    {
      stub: { key: 'stub.variable' },
      columns: variables.map((variable, j) => ({ id: variable, label: numberOf(j) })),
      rows: variables.flatMap((variable, i): TableRow[] => [
        {
          id: variable,
          label: { kind: 'label', label: labelOf(i) },
          cells: variables.map((_, j) => (i === j ? plain(1, 3) : correlationCell(pairAt(i, j), result))),
        },
        ...below.map((fact) => ({
          id: `${variable}.${fact}`,
          label: empty,
          aloneLabel: { key: `correlation.below_${fact}`, values: { name: labelOf(i) } } as const,
          cells: variables.map((_, j) => (i === j ? empty : factCell(fact, pairAt(i, j), result))),
        })),
      ]),
      notes: correlationNotes(result, names),
    },
  );
}

/** Every pair in a row: for programs, and for whoever wants to see the numbers behind the stars. */
export function correlationPairsTable(
  { pairs, adjust }: Correlations,
  { nameOf = (variable) => variable }: CorrelationTableOptions = {},
): TableModel {
  const hasErrors = pairs.some(({ se }) => se !== null);
  return tableOf(
    'correlation_pairs',
    { key: 'correlation.pairs' },
    {
      stub: { key: 'stub.variable' },
      columns: [
        { id: 'second', label: { key: 'correlation.with' } },
        { id: 'method', label: { key: 'correlation.method' } },
        { id: 'n', label: { key: 'column.obs' } },
        { id: 'r', label: { key: 'correlation.r' } },
        ...(hasErrors ? [{ id: 'se', label: { key: 'coef.se' } } as const] : []),
        { id: 't', label: { key: 'coef.t' } },
        { id: 'df', label: { key: 'compared.df' } },
        { id: 'p', label: { key: 'compared.p' } },
        ...(adjust === null ? [] : [{ id: 'p_adjusted', label: { key: `family.${adjust}` } } as const]),
      ],
      rows: pairs.map((pair) => ({
        id: `${pair.method}.${pair.first}.${pair.second}`,
        label: { kind: 'label', label: nameOf(pair.first) },
        cells: [
          { kind: 'label', label: nameOf(pair.second) },
          { kind: 'word', key: `correlation.${pair.method}`, align: 'start' },
          { kind: 'count', value: pair.n },
          plain(pair.r),
          ...(hasErrors ? [plain(pair.se)] : []),
          plain(pair.t, 2),
          plain(pair.df, pair.df === null || Number.isInteger(pair.df) ? 0 : 1),
          { kind: 'p', value: pair.p },
          ...(adjust === null ? [] : [{ kind: 'p', value: pair.p_adjusted } as const]),
        ],
      })),
    },
  );
}

/** The p that a table marks: the adjusted one where there is one. */
function shownP({ p, p_adjusted }: CorrelationPair, { adjust }: Pick<Correlations, 'adjust'>): number | null {
  return adjust === null ? p : p_adjusted;
}

function pairFinder(
  pairs: readonly CorrelationPair[],
): (method: CorrelationPair['method'], i: number, j: number) => CorrelationPair | null {
  const ofMethod = (method: CorrelationPair['method']) => pairs.filter((pair) => pair.method === method);
  const lists = { pearson: ofMethod('pearson'), spearman: ofMethod('spearman') };
  return (method, i, j) => lists[method][(i * (i - 1)) / 2 + j] ?? null;
}

const numberOf = (i: number): string => `(${i + 1})`;

function correlationCell(pair: CorrelationPair | null, result: Correlations): Cell {
  return pair === null ? empty : { kind: 'estimate', value: pair.r, p: shownP(pair, result), decimals: 3 };
}

function factCell(fact: PairFact, pair: CorrelationPair | null, result: Correlations): Cell {
  if (pair === null) return empty;
  switch (fact) {
    case 'p':
      return { kind: 'p', value: shownP(pair, result) };
    case 't':
      return { kind: 'statistic', value: pair.t };
    case 'n':
      return { kind: 'count', value: pair.n };
  }
}

/** What the halves are, whose rows, and by what errors the stars are. */
function correlationNotes(result: Correlations, names: Readonly<Record<string, Text>>): readonly Text[] {
  const { method, cases, adjust, below, pairs, vcov } = result;
  const counts = pairs.map(({ n }) => n);
  const { least, most } = extremesOf(counts);
  const rows: Text =
    cases === 'listwise'
      ? { key: 'correlation.listwise', values: { rows: most } }
      : least === most
        ? { key: 'correlation.pairwise_same', values: { rows: most } }
        : { key: 'correlation.pairwise', values: { least, most } };
  const under = below.map((fact): Text => ({ key: `correlation.fact_${fact}` }));
  return [
    { key: `correlation.note_${method}` },
    ...(under.length === 0
      ? []
      : [{ key: 'correlation.below', values: { facts: joinedBy(under, 'list.and') } } as const]),
    rows,
    vcov === null ? { key: 'correlation.classical' } : covarianceNote(vcov, names),
    ...(adjust === null
      ? []
      : [
          {
            key: 'correlation.adjusted',
            values: { method: { key: `family.${adjust}` }, pairs: pairs.length },
          } as const,
        ]),
  ];
}
