import { StudyError } from '../../error/study-error.ts';
import { randomStream } from '../../math/random/philox.ts';
import type { ColumnTable } from '../../table/column.ts';
import { numberColumn, takeRows } from '../../table/column.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { factorOf } from '../../table/factor.ts';
import { chooseRows } from '../design/row-choice.ts';
import { drawUnits } from '../replicate/draw-units.ts';
import { percentileInterval } from '../replicate/summary.ts';
import type { ThresholdResult, ThresholdSensitivity } from '../result/threshold.ts';
import type { ThresholdInput } from './search-threshold.ts';
import { searchThreshold } from './search-threshold.ts';

export interface SensitivityOptions {
  /** Trims to search under; 0.01, 0.02, 0.05, 0.10, 0.15. */
  readonly trims?: readonly number[];
  /** Whole units drawn with replacement, the search again; 200. */
  readonly draws?: number;
}

/** Streams of the units drawn. */
const streamOfUnits = 0x756e;

/**
 * How the thresholds depend on what is chosen and on who is in the sample: under other trims, without each unit in turn, and
 * over samples of units drawn with replacement (percentile interval), which asks nothing of the errors but independent units.
 */
export function thresholdSensitivity(
  table: ColumnTable,
  input: ThresholdInput,
  { trims = [0.01, 0.02, 0.05, 0.1, 0.15], draws = 200 }: SensitivityOptions = {},
): ThresholdSensitivity {
  const bare = { ...input, boot: 0, joint: false, jumpTest: false };
  const base = searchThreshold(table, bare);
  const gammas = lastGammas(base);
  const chosen = chooseRows(table.nrow, input.kept ?? null).rows;
  const { codes, labels, count } = factorOf(columnOf(table, input.panel.unit, 'panel'));
  const hasRows = new Uint8Array(count);
  for (let i = 0; i < (chosen?.length ?? table.nrow); i++) {
    const unit = codes[chosen === null ? i : chosen[i]];
    if (unit >= 0) hasRows[unit] = 1;
  }
  const rowsOf: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((unit, row) => {
    if (unit >= 0) rowsOf[unit].push(row);
  });
  return {
    gamma: gammas,
    trims: trims.flatMap((trim) => {
      const result = attempt(table, { ...bare, trim });
      if (result === null) return [];
      const slopes = slopesOf(result);
      return [{ trim, candidates: result.tests[0].candidates, gamma: lastGammas(result), slopes }];
    }),
    without: labels.flatMap((unit, code) => {
      if (hasRows[code] === 0) return [];
      const kept = Uint8Array.from(codes, (other, row) => (other === code ? 0 : (input.kept?.[row] ?? 1)));
      const result = attempt(table, { ...bare, kept });
      if (result === null) return [];
      return [{ unit, gamma: lastGammas(result), slopes: slopesOf(result).map((one) => one.estimate) }];
    }),
    units: thresholdsOfDraws(table, bare, {
      rowsOf: rowsOf.filter((_, unit) => hasRows[unit] === 1),
      draws,
      thresholds: gammas.length,
    }),
  };
}

/** γ over samples of units. */
function thresholdsOfDraws(
  table: ColumnTable,
  input: ThresholdInput,
  { rowsOf, draws, thresholds }: { rowsOf: readonly number[][]; draws: number; thresholds: number },
): ThresholdSensitivity['units'] {
  const found: (readonly number[])[] = [];
  for (let b = 0; b < draws; b++) {
    const random = randomStream(input.seed ?? 1, streamOfUnits, b);
    const { rows, draws: names } = drawUnits(rowsOf, random);
    const drawn = takeRows(table, Int32Array.from(rows));
    // A unit drawn twice is two units, each with an effect of its own.
    const columns = { ...drawn.columns, [input.panel.unit]: numberColumn(names) };
    const kept = input.kept == null ? null : Uint8Array.from(rows, (row) => input.kept?.[row] ?? 1);
    const result = attempt({ ...drawn, columns }, { ...input, kept, vcov: 'iid' });
    if (result !== null) found.push(lastGammas(result));
  }
  const intervals = Array.from({ length: thresholds }, (_, t) => {
    return percentileInterval(found.flatMap((gamma) => (t < gamma.length ? [gamma[t]] : [])));
  });
  return { draws, found: found.length, ci95: intervals };
}

/** A search, or null where a smaller or drawn sample leaves nothing to search. */
function attempt(table: ColumnTable, input: ThresholdInput): ThresholdResult | null {
  try {
    return searchThreshold(table, input);
  } catch (error) {
    if (error instanceof StudyError && expected.has(error.code)) return null;
    throw error;
  }
}

const expected: ReadonlySet<string> = new Set(['no-threshold-candidate', 'collinear', 'no-within-variation']);

function lastGammas({ tests }: ThresholdResult): readonly number[] {
  return tests[tests.length - 1].gamma;
}

function slopesOf({ model, settings }: ThresholdResult): readonly { estimate: number; se: number | null }[] {
  return model.coef
    .filter(({ term }) => settings.regime.some((name) => term.startsWith(`${name}:[`)))
    .map(({ estimate, se }) => ({ estimate, se }));
}
