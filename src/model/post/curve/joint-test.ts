import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { ColumnTable, NumberColumn } from '../../../table/column.ts';
import { columnTable } from '../../../table/column.ts';
import { numericColumn } from '../../../table/expression/evaluate.ts';
import type { FitInput } from '../../estimate-formula.ts';
import type { ModelFormula } from '../../formula/ast.ts';
import { namesInTerms } from '../../formula/formula-names.ts';
import type { ReplicateKind, Replicating } from '../../replicate/contract.ts';
import { requestOf } from '../../replicate/run.ts';
import type { CurveTest, CurveTestLine, SpecificationColumns } from '../../result/specification-curve.ts';
import { curveStatistics } from '../../result/specification-curve.ts';
import { arrangementInto, countArrangements, drawInto } from '../permutation/arrangements.ts';
import type { Exchange } from '../permutation/exchange.ts';
import { arrangeInto, exchangeOf, heldItems } from '../permutation/exchange.ts';
import type { CurveProblem } from './estimate-curve.ts';
import { estimateCurve } from './estimate-curve.ts';
import { jointStatistics, numbersIn } from './joint-statistics.ts';
import type { RedrawnCurve } from './redrawn-curve.ts';
import { redrawnCurve } from './redrawn-curve.ts';
import type { CurveTestOptions } from './space.ts';
import { namesInEffects } from './space.ts';

/** What a rearranged curve is estimated from; plain data. */
export interface CurveDraws {
  readonly problem: CurveProblem;
  /** Columns that change places together. */
  readonly names: readonly string[];
  /** Rows of the table that do. */
  readonly rows: Int32Array;
  readonly exchange: Exchange;
  readonly seed: number;
  readonly isEnumerated: boolean;
}

/** Draws whose terms are absorbed together. */
const drawsTogether = 8;

/** Median estimate, share significant in the dominant sign and mean z of every rearranged curve, under each covariance. */
export const curveReplicates: ReplicateKind<CurveDraws> = {
  id: 'specification-curve',
  statistics: (setup, first, end) => {
    const { problem, names } = setup;
    const width = curveStatistics.length * problem.space.vcovs.length;
    const out = new Float64Array((end - first) * width);
    const redrawn = prepared.get(setup) ?? { curve: redrawnCurve(problem, names) };
    prepared.set(setup, redrawn);
    const tableOf = rearranger(setup);
    for (let from = first; from < end; from += drawsTogether) {
      const tables = Array.from({ length: Math.min(drawsTogether, end - from) }, (_, k) => tableOf(from + k));
      const known = redrawn.curve?.numbersOf(tables);
      tables.forEach((table, k) => {
        const numbers = known?.[k] ?? numbersIn(estimateCurve({ ...problem, table }).specifications);
        out.set(jointStatistics(numbers), (from - first + k) * width);
      });
    }
    return out;
  },
};

/** What all draws of a set-up share: a thread asks for ranges of them again and again. */
const prepared = new WeakMap<CurveDraws, { readonly curve: RedrawnCurve | null }>();

/** The table with the variables in the places of a draw. */
function rearranger({ problem, names, rows, exchange, seed, isEnumerated }: CurveDraws): (draw: number) => ColumnTable {
  const { table } = problem;
  const sources = Int32Array.from({ length: exchange.starts.length - 1 }, (_, item) => item);
  const values = names.map((name) => Float64Array.from(rows, (row) => numberAt(table, name, row)));
  const moved = new Float64Array(rows.length);
  return (draw) => {
    if (isEnumerated) arrangementInto(sources, exchange, draw);
    else drawInto(sources, exchange, seed, draw);
    const columns = names.map((name, k): readonly [string, NumberColumn] => {
      const own = numericColumn(table, name, '').slice();
      arrangeInto(moved, values[k], exchange, sources);
      for (let i = 0; i < rows.length; i++) own[rows[i]] = moved[i];
      return [name, { kind: 'number', values: own }];
    });
    return columnTable({ ...table.columns, ...Object.fromEntries(columns) });
  };
}

/**
 * The joint test of a curve by permutation (Simonsohn, Simmons and Nelson 2020, step 3): the variables behind the term and its other measures
 * change places together, the whole curve is estimated again, and three of its statistics are held against those of the sample: the median
 * estimate, the share that is significant at 5 % in the sign that most estimates have, and the mean z.
 * @throws bad-option (variables that are elsewhere in the space too; what `exchangeOf` refuses), not-numeric, unknown-column, missing-cluster
 */
export function* curveTest(
  input: Omit<FitInput, 'formula'>,
  formula: ModelFormula,
  { problem, specifications }: { readonly problem: CurveProblem; readonly specifications: SpecificationColumns },
  options: CurveTestOptions,
): Replicating<CurveTest> {
  const { space, table } = problem;
  const names = permutedNames(problem);
  const where = formula.text;
  for (const name of names) numericColumn(table, name, where);
  const allowed = input.choice?.rows ?? Int32Array.from({ length: table.nrow }, (_, row) => row);
  const rows = allowed.filter((row) => names.every((name) => Number.isFinite(numberAt(table, name, row))));
  const effects = formula.effects.map(({ names: variables }) => ({ variables }));
  const sample = { where, table, rows, panel: problem.panel, effects };
  const asked = { term: names.join(', '), by: options.by, within: options.within };
  const exchange = exchangeOf(sample, tuples(table, names, rows), asked);
  const arrangements = countArrangements(exchange);
  const isEnumerated = arrangements <= options.reps;
  const reps = isEnumerated ? arrangements : options.reps;
  const setup = { problem, names, rows, exchange, seed: options.seed, isEnumerated };
  const width = curveStatistics.length * space.vcovs.length;
  const draws = yield requestOf(curveReplicates, setup, { count: reps, test: 2, width });
  const observed = jointStatistics(numbersIn(specifications));
  return {
    columns: names,
    ...{ by: options.by?.join('+') ?? null, within: options.within?.join('+') ?? null, seed: options.seed, reps },
    ...{ is_enumerated: isEnumerated, arrangements: Number.isFinite(arrangements) ? arrangements : null },
    ...{ items: exchange.starts.length - 1, held: heldItems(exchange) },
    lines: space.vcovs.flatMap((vcov, v) =>
      curveStatistics.map((statistic, s): CurveTestLine => {
        const at = v * curveStatistics.length + s;
        const own = Array.from({ length: reps }, (_, draw) => draws[draw * width + at]).filter(Number.isFinite);
        return { vcov, statistic, ...placed(observed[at], own, isEnumerated), failed: reps - own.length };
      }),
    ),
  };
}

/** Statistics that differ by less than this share are equal up to rounding. */
const tied = 1e-9;

function placed(
  value: number,
  draws: readonly number[],
  isEnumerated: boolean,
): Pick<CurveTestLine, 'value' | 'larger' | 'p' | 'mean'> {
  if (!Number.isFinite(value) || draws.length === 0) return { value: null, larger: 0, p: null, mean: null };
  const bound = Math.abs(value) * (1 - tied);
  const larger = draws.filter((draw) => Math.abs(draw) >= bound).length;
  return {
    ...{ value, larger },
    p: isEnumerated ? larger / draws.length : (1 + larger) / (1 + draws.length),
    mean: draws.reduce((sum, draw) => sum + draw, 0) / draws.length,
  };
}

/** The variables of all measures. @throws bad-option where something else in the space is made of them too */
function permutedNames({ space, panel }: CurveProblem): readonly string[] {
  const names = [...new Set(namesInTerms(space.terms))];
  const others = [
    ...[...space.controls, ...space.kept].map((text) => ({ text, names: namesInTerms([text]) })),
    ...space.outcomes.map((text) => ({ text, names: namesInTerms([text]) })),
    ...space.effects.map((text) => ({ text, names: namesInEffects(text) })),
    // Lags are taken by the keys of the panel.
    ...(panel === null ? [] : [panel.unit, panel.time].map((key) => ({ text: key, names: [key] }))),
  ];
  const shared = others.filter((one) => one.names.some((name) => names.includes(name))).map(({ text }) => text);
  if (shared.length === 0) return names;
  const expected = said('expected.permute_alone', { others: [...new Set(shared)].slice(0, 3) });
  throw new StudyError('bad-option', { option: 'curve_test', value: names.join(', '), expected, suggestion: null });
}

/** Numbers that are equal where all columns are. */
function tuples(table: ColumnTable, names: readonly string[], rows: Int32Array): Float64Array {
  if (names.length === 1) return Float64Array.from(rows, (row) => numberAt(table, names[0], row));
  const known = new Map<string, number>();
  return Float64Array.from(rows, (row) => {
    const key = names.map((name) => numberAt(table, name, row)).join();
    const code = known.get(key) ?? known.size;
    known.set(key, code);
    return code;
  });
}

function numberAt(table: ColumnTable, name: string, row: number): number {
  return numericColumn(table, name, '')[row];
}
