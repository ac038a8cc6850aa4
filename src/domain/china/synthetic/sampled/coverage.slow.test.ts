import { expect, test } from 'vitest';
import { shippedInputs } from '../../../../../test/sampled-input.ts';
import { randomStream } from '../../../../math/random/philox.ts';
import { fitModel, summarizeModel } from '../../../../model/estimate-formula.ts';
import { estimateAfter, nothingAfter } from '../../../../model/post/after-fit.ts';
import { searchThreshold } from '../../../../model/threshold/search-threshold.ts';
import type { ColumnTable } from '../../../../table/column.ts';
import { columnTable, numberColumn } from '../../../../table/column.ts';
import type { VariableId } from '../panel/variable-process.ts';
import { variableIds } from '../panel/variable-process.ts';
import { drawLayerPanel, type LayerPanel, type RawLayerInput } from '../raw/raw-layer.ts';

/** The first of the 200 panels that docs/methods/synthetic-layer.md records: KAYA_PANELS=200 repeats those. */
const panels = Number(process.env.KAYA_PANELS ?? 6);
const firstSeed = 1001;

/** The cells of some cities as a table. */
function tableOf({ drawn, shape }: LayerPanel, cities: Iterable<number>): ColumnTable {
  const rows = [...cities].flatMap((city) => Array.from({ length: shape.years }, (_, t) => city * shape.years + t));
  const variables = variableIds.map((id: VariableId) => [id, numberColumn(rows.map((row) => drawn.values[id][row]))]);
  return columnTable({
    city: numberColumn(rows.map((row) => Math.floor(row / shape.years))),
    year: numberColumn(rows.map((row) => row % shape.years)),
    ...Object.fromEntries(variables),
  });
}

/** An interval of one panel, and what it is to hold. */
interface Held {
  readonly what: string;
  readonly truth: number;
  readonly estimate: number;
  readonly interval: readonly [number, number] | null;
}

const splitStream = 4242;
const controls = 'pop + ope + gov + fi + st';

function intervalsOf(input: RawLayerInput): Held[] {
  const panel = drawLayerPanel(input);
  const { shape, drawn } = panel;
  const { printed: truth } = drawn;
  if (truth === null) throw new Error('a panel without its truth');
  const whole = tableOf(panel, shape.sample);
  const slopesOf = (id: string): Readonly<Record<string, number>> =>
    truth.regressions.find((one) => one.id === id)?.slopes ?? {};
  const out: Held[] = [];
  const fitted = (
    id: string,
    table: ColumnTable,
    formula: string,
    terms: readonly string[],
    vcovs: readonly string[],
  ) => {
    const fit = fitModel({ id, formula, table });
    for (const vcov of vcovs) {
      const { coef } = summarizeModel(fit, { vcov });
      for (const term of terms) {
        const found = coef.find((one) => one.term === term);
        const known = slopesOf(id)[term];
        if (found === undefined || known === undefined || found.estimate === null)
          throw new Error(`no ${term} of ${id}`);
        const what = `${id} ${term}${vcov === 'cluster:city' ? '' : `, ${vcov}`}`;
        out.push({ what, truth: known, estimate: found.estimate, interval: found.ci95 });
      }
    }
  };
  const six = ['ai', 'pop', 'ope', 'gov', 'fi', 'st'];
  fitted('table3(6)', whole, `cp ~ ai + ${controls} | city + year`, six, ['cluster:city', 'iid']);
  fitted('table3(1)', whole, 'cp ~ ai | city + year', ['ai'], ['cluster:city']);
  fitted('table6(1)', whole, `uis ~ ai + ${controls} | city + year`, ['ai'], ['cluster:city']);
  fitted('table6(2)', whole, `envrpat ~ ai + ${controls} | city + year`, ['ai'], ['cluster:city']);
  fitted(
    'table7(1)',
    whole,
    `cp ~ ai:er + er + ai + ${controls} | city + year`,
    ['ai:er', 'er', 'ai'],
    ['cluster:city'],
  );
  fitted(
    'table7(2)',
    whole,
    `cp ~ ai:ip + ip + ai + ${controls} | city + year`,
    ['ai:ip', 'ip', 'ai'],
    ['cluster:city'],
  );
  for (const { id, cities } of input.targets.tables.parts) {
    const vcovs = cities.length < 50 ? ['cluster:city', 'cr2:city'] : ['cluster:city'];
    fitted(id, tableOf(panel, cities), `cp ~ ai + ${controls} | city + year`, ['ai'], vcovs);
  }

  const mediation = { mediators: ['uis', 'envrpat'], mediated: 'ai', reps: 39, seed: input.seed };
  const through = { formulas: [`cp ~ ai + ${controls} | city + year`], table: whole, vcov: 'cluster:city' };
  const [model] = estimateAfter(through, { ...nothingAfter, mediation }).models;
  for (const { via, effect } of truth.indirect) {
    const indirect = model.mediation?.paths.find((path) => path.mediator === via)?.indirect;
    if (indirect === undefined) throw new Error(`no path through ${via}`);
    out.push({
      what: `indirect ${via}, Sobel`,
      truth: effect,
      estimate: indirect.estimate,
      interval: indirect.sobel?.ci95 ?? null,
    });
    out.push({
      what: `indirect ${via}, Monte Carlo`,
      truth: effect,
      estimate: indirect.estimate,
      interval: indirect.monte_carlo,
    });
  }

  for (const { by, value, below, above } of truth.thresholds) {
    const asked = {
      formula: `cp ~ ${controls} | city + year`,
      regime: 'ai',
      by,
      panel: { unit: 'city', time: 'year' },
      boot: 0,
      vcov: 'cluster:city',
    };
    const { tests, model: split } = searchThreshold(whole, asked);
    const { sets, gamma } = tests[0];
    // A value of the sample stands for the threshold up to the next one.
    const column = whole.columns[by];
    const values = column.kind === 'number' ? Float64Array.from(column.values).sort() : new Float64Array();
    const at = values.filter((one) => one <= value).at(-1) ?? Number.NaN;
    const holds = sets[0].some(([low, high]) => low <= at && at <= high);
    out.push({ what: `threshold ${by}`, truth: value, estimate: gamma[0], interval: holds ? [value, value] : null });
    // The same where the mean is the threshold regression that is fitted.
    const own = columnTable({
      ...whole.columns,
      cp: numberColumn(splitOutcome(panel, { by, value, below, above }, input.seed)),
    });
    const held = searchThreshold(own, asked).tests[0].sets[0].some(([low, high]) => low <= at && at <= high);
    const what = `threshold ${by}, of a threshold regression`;
    out.push({ what, truth: value, estimate: value, interval: held ? [value, value] : null });
    const slopes = split.coef.filter(({ term }) => term.startsWith('ai'));
    [below, above].forEach((known, r) => {
      const { estimate, ci95 } = slopes[r];
      out.push({
        what: `slope of AI ${r === 0 ? 'below' : 'above'} ${by}`,
        truth: known,
        estimate: estimate ?? Number.NaN,
        interval: ci95,
      });
    });
  }
  return out;
}

/** An outcome with one threshold in its slope of AI and errors as the panel has them, in the rows of the sample. */
function splitOutcome(
  { drawn, shape }: LayerPanel,
  {
    by,
    value,
    below,
    above,
  }: { readonly by: string; readonly value: number; readonly below: number; readonly above: number },
  seed: number,
): readonly number[] {
  const { ai, ...controls } = drawn.printed?.regressions.find(({ id }) => id === 'table3(6)')?.slopes ?? {};
  const error = drawn.printed?.errors?.find(({ outcome }) => outcome === 'cp');
  const variable = variableIds.find((id) => id === by);
  if (ai === undefined || error === undefined || variable === undefined) throw new Error('a panel without its truth');
  const { sd, persistence } = error;
  return [...shape.sample].flatMap((city) => {
    const random = randomStream(seed, splitStream, city);
    let state = random.normal();
    return Array.from({ length: shape.years }, (_, t) => {
      const cell = city * shape.years + t;
      if (t > 0) state = persistence * state + Math.sqrt(1 - persistence ** 2) * random.normal();
      const mean = variableIds.reduce((sum, id) => sum + (controls[id] ?? 0) * (drawn.values[id][cell] ?? 0), 0);
      return mean + (drawn.values[variable][cell] <= value ? below : above) * drawn.values.ai[cell] + sd * state;
    });
  });
}

interface Share {
  readonly held: number;
  readonly bias: number;
  readonly sd: number;
  readonly truth: number;
}

test('95 % intervals of panels drawn with their errors', { timeout: 3_600_000 }, async () => {
  const inputOf = await shippedInputs();
  const all = new Map<string, Held[]>();
  for (let seed = firstSeed; seed < firstSeed + panels; seed++) {
    for (const one of intervalsOf(inputOf(seed))) all.set(one.what, [...(all.get(one.what) ?? []), one]);
  }
  const shares = new Map<string, Share>();
  for (const [what, list] of all) {
    const held = list.filter(
      ({ interval, truth }) => interval !== null && interval[0] <= truth && truth <= interval[1],
    );
    const misses = list.map(({ estimate, truth }) => estimate - truth);
    const bias = misses.reduce((sum, miss) => sum + miss, 0) / misses.length;
    const sd = Math.sqrt(misses.reduce((sum, miss) => sum + (miss - bias) ** 2, 0) / Math.max(1, misses.length - 1));
    const truth = list.reduce((sum, one) => sum + one.truth, 0) / list.length;
    shares.set(what, { held: held.length / list.length, bias, sd, truth });
  }
  console.info(
    [...shares]
      .map(
        ([what, s]) =>
          `${what}: ${s.held.toFixed(3)} truth ${s.truth.toFixed(4)} bias ${s.bias.toFixed(4)} sd ${s.sd.toFixed(4)}`,
      )
      .join('\n'),
  );
  const mean = (list: readonly (readonly [string, Share])[]): number =>
    list.reduce((sum, [, { held }]) => sum + held, 0) / list.length;
  // Intervals of one panel miss together: the band is that of the panels, not of all intervals.
  const band = 3 * Math.sqrt((0.05 * 0.95) / panels);
  // Where the model holds, the sets of thresholds keep what docs/methods/panel-threshold.md says, however long errors go on.
  const ofSplit = [...shares].filter(([what]) => what.endsWith('of a threshold regression'));
  expect(ofSplit).toHaveLength(3);
  expect(mean(ofSplit)).toBeGreaterThan(0.94 - band);
  const slopes = [...shares].filter(([what]) => !what.includes(',') && !what.startsWith('threshold'));
  expect(slopes.length).toBeGreaterThan(35);
  expect(mean(slopes)).toBeGreaterThan(0.94 - band);
  // Errors go on from year to year: intervals that take them as independent are too short.
  expect(mean([...shares].filter(([what]) => what.endsWith(', iid')))).toBeLessThan(mean(slopes) - 0.15);
  for (const [what, { bias, sd }] of slopes)
    expect(Math.abs(bias), what).toBeLessThan((5 * sd) / Math.sqrt(panels) + 1e-9);
});
