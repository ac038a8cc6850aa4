import type { Dialect } from '../data/sql/dialect.ts';
import { at } from '../error/at.ts';
import type { DescribeRequest, SummaryRequest } from '../model/describe/contract.ts';
import { columnsOf, type Summaries } from '../model/describe/run.ts';
import type { Description, TextDescription } from '../model/result/description.ts';
import { numberAt, numberOrNull, textAt } from '../table/cell-at.ts';
import { columnOf, numericColumn } from '../table/expression/evaluate.ts';
import { type PercentileRule, percentileAt } from '../table/percentile.ts';
import { type EngineColumn, type EngineSource, type Passes, read } from './contract.ts';
import { engineColumn } from './expression-sql.ts';
import { orderStatistics } from './order-statistics.ts';
import { refused } from './refuse.ts';
import { conditionSql, emptyTableOf } from './run-by-engine.ts';

/** @throws engine-refused for what goes through rows: other tables than the summary, and the shape of a panel */
export function requireEngineDescribes(request: DescribeRequest): asserts request is SummaryRequest {
  const where = request.variables.join(', ');
  if (request.kind !== 'summary') throw refused(where, { kind: 'option', name: `--kind ${request.kind}` });
  if (request.panel !== null) throw refused(where, { kind: 'option', name: '--panel' });
}

const percents = [1, 25, 50, 75, 99] as const;
/** Texts that are looked at where several are the most common. */
const mostTied = 1000;

/** What `summaries` says of columns, where the rows are: percentiles are values of rows as in memory. @throws unknown-column, bad-where */
export function* describeByEngine(
  request: SummaryRequest,
  { source, dialect }: { readonly source: EngineSource; readonly dialect: Dialect },
): Passes<Summaries> {
  const table = emptyTableOf(source);
  const names = columnsOf(request, table);
  const isText = (name: string): boolean => columnOf(table, name, 'describe').kind === 'text';
  const how = { columns: source.columns, where: 'describe' };
  const texts = names.filter(isText).map((name) => engineColumn(how, name));
  const numbers = names
    .filter((name) => !isText(name))
    .map((name) => {
      numericColumn(table, name, 'describe');
      return engineColumn(how, name);
    });
  const kept = request.where === null ? null : conditionSql(request.where, source, dialect);
  const from = `${source.relation}${kept === null ? '' : ` WHERE coalesce(${kept}, FALSE)`}`;
  return {
    ...{ kind: 'summary', quantiles: request.quantiles },
    variables: yield* described(numbers, from, dialect, request.quantiles),
    texts: yield* describedTexts(texts, from),
  };
}

function* described(
  columns: readonly EngineColumn[],
  from: string,
  dialect: Dialect,
  rule: PercentileRule,
): Passes<readonly Description[]> {
  if (columns.length === 0) return [];
  const { number } = dialect;
  const finite = columns.map(({ value }) => `(CASE WHEN ${dialect.isFinite(value)} THEN ${value} END)`);
  const first = yield* read(
    'moments',
    `SELECT count(*) AS n, ${columns
      .flatMap(({ value }, j) => [
        `count(${value}) AS o${j}`,
        `min(${value}) AS a${j}`,
        `max(${value}) AS b${j}`,
        `count(${finite[j]}) AS f${j}`,
        `min(${finite[j]}) AS l${j}`,
        `max(${finite[j]}) AS h${j}`,
        `sum(${finite[j]}) AS s${j}`,
        `sum(CASE WHEN ${value} < 0 AND NOT (${dialect.isFinite(value)}) THEN 1 ELSE 0 END) AS u${j}`,
      ])
      .join(', ')} FROM ${from}`,
  );
  const count = (name: string, j: number): number => numberOrNull(first, `${name}${j}`, 0) ?? 0;
  const rough = columns.map((_, j) => (count('f', j) === 0 ? 0 : numberAt(first, `s${j}`) / count('f', j)));
  const second = yield* read(
    'moments',
    `SELECT ${columns
      .flatMap((_, j) => {
        const deviation = `(${finite[j]} - ${number(rough[j] ?? 0)})`;
        return [`sum(${deviation}) AS d${j}`, `sum(${deviation} * ${deviation}) AS c${j}`];
      })
      .join(', ')} FROM ${from}`,
  );
  const rows = numberAt(first, 'n');
  const out: Description[] = [];
  for (const [j, { name }] of columns.entries()) {
    const obs = count('o', j);
    const within = count('f', j);
    const below = count('u', j);
    const ranks = new Set<number>();
    const ask = (rank: number): number => {
      ranks.add(rank);
      return 0;
    };
    for (const p of percents) percentileAt(obs, p, rule, ask);
    const inside = [...ranks].filter((rank) => rank >= below && rank < below + within).map((rank) => rank - below);
    const range = {
      low: numberOrNull(first, `l${j}`, 0) ?? 0,
      high: numberOrNull(first, `h${j}`, 0) ?? 0,
      count: within,
    };
    const found = yield* orderStatistics({ from, value: finite[j] ?? '', dialect, ...range }, inside);
    const valueAt = (rank: number): number =>
      rank < below ? Number.NEGATIVE_INFINITY : (found.get(rank - below) ?? Number.POSITIVE_INFINITY);
    const [p1 = null, p25 = null, median = null, p75 = null, p99 = null] = percents.map((p) =>
      percentileAt(obs, p, rule, valueAt),
    );
    const off = (numberOrNull(second, `d${j}`, 0) ?? 0) / Math.max(1, within);
    const squares = (numberOrNull(second, `c${j}`, 0) ?? 0) - within * off ** 2;
    // Of numbers some of which are infinite there is neither mean nor deviation.
    const isWhole = within === obs;
    out.push({
      ...{ variable: name, obs, missing: rows - obs },
      mean: obs === 0 ? null : isWhole ? (rough[j] ?? 0) + off : Number.NaN,
      sd: obs < 2 ? null : isWhole ? Math.sqrt(Math.max(0, squares) / (obs - 1)) : Number.NaN,
      min: obs === 0 ? null : numberAt(first, `a${j}`),
      ...{ p1, p25, median, p75, p99 },
      max: obs === 0 ? null : numberAt(first, `b${j}`),
      ...{ within_sd: null, between_sd: null },
    });
  }
  return out;
}

function* describedTexts(columns: readonly EngineColumn[], from: string): Passes<readonly TextDescription[]> {
  const out: TextDescription[] = [];
  for (const { name, value } of columns) {
    const counted = yield* read(
      'levels',
      `SELECT count(*) AS n, count(${value}) AS obs, count(DISTINCT ${value}) AS levels FROM ${from}`,
    );
    const grouped = `SELECT t, count(*) AS n FROM (SELECT ${value} AS t FROM ${from}) AS texts WHERE t IS NOT NULL GROUP BY t`;
    const found = yield* read(
      'levels',
      `SELECT t, n FROM (${grouped}) AS counted ORDER BY n DESC, t LIMIT ${mostTied}`,
    );
    const most = found.nrow === 0 ? null : numberAt(found, 'n');
    const tied = Array.from({ length: found.nrow }, (_, row) => row)
      .filter((row) => numberAt(found, 'n', row) === most)
      .map((row) => textAt(found, 't', row))
      .sort((a, b) => (a < b ? -1 : 1));
    const obs = numberAt(counted, 'obs');
    out.push({
      ...{ variable: name, obs, missing: numberAt(counted, 'n') - obs, distinct: numberAt(counted, 'levels') },
      ...{ most_common: tied.length === 0 ? null : at(tied, 0), most_common_obs: most },
    });
  }
  return out;
}
