import { beforeAll, describe, expect, it } from 'vitest';
import { shippedInputs } from '../../../../../test/sampled-input.ts';
import { at } from '../../../../error/at.ts';
import { quantilesOf } from '../panel/latent-panel.ts';
import { baselineRegressors, type VariableId } from '../panel/variable-process.ts';
import { columnReader, fitColumn } from '../printed/column-fit.ts';
import { printedModels } from '../printed/printed-models.ts';
import { drawLayerPanel, type LayerPanel, makeRawLayer, type RawLayerInput } from '../raw/raw-layer.ts';
import { knownTruth } from '../raw/truth.ts';

let input: RawLayerInput;
let panel: LayerPanel;

beforeAll(async () => {
  input = (await shippedInputs())(5);
  panel = drawLayerPanel(input);
});

const truthOf = ({ drawn }: LayerPanel) => drawn.printed!; // a panel drawn with its errors has it

describe('a panel drawn with its errors', () => {
  it('has the printed slopes as its truth, and estimates beside them', () => {
    const { regressions, indirect } = truthOf(panel);
    const main = regressions.find(({ id }) => id === 'table3(6)')!;
    const printed = [0.098, 0.355, -1.525, -0.971, -0.001, 8.063];
    baselineRegressors.forEach((id, j) => {
      expect(main.slopes[id]).toBeCloseTo(at(printed, j), 8);
    });
    const aiOf = (id: string): number => regressions.find((one) => one.id === id)!.slopes.ai;
    // Resource-based cities, megacities, and the mediators.
    expect(['table10(1)', 'table10(3)', 'table6(1)', 'table6(2)'].map(aiOf)).toEqual(
      [0.138, -0.776, 0.007, 0.285].map((slope) => expect.closeTo(slope, 8)),
    );
    expect(indirect.map(({ via, effect }) => [via, effect])).toEqual([
      ['uis', expect.closeTo(0.007 * 2, 8)],
      ['envrpat', expect.closeTo(0.285 * 0.1, 8)],
    ]);
    const { values } = panel.drawn;
    const models = printedModels(input.targets.tables, panel.shape, values);
    const baseline = models.regressions.find(({ model }) => model.id === 'table3(6)')!;
    const estimate = fitColumn(baseline.model, columnReader(values))!.slopes[0];
    expect(Math.abs(estimate - 0.098)).toBeGreaterThan(1e-3);
    expect(Math.abs(estimate - 0.098)).toBeLessThan(0.3);
  });

  it('keeps what must be positive so, counts firms and patents whole, and puts no cell into a wrong unit', () => {
    const { values, firms, patents, internetFaults } = panel.drawn;
    const least = (id: VariableId): number => Math.min(...values[id]);
    expect(least('cp')).toBeGreaterThanOrEqual(0.041 - 1e-12);
    expect(least('uis')).toBeGreaterThan(0);
    expect(Math.max(...values.uis)).toBeLessThan(1);
    for (const row of [0, 100, 2000]) {
      expect(values.ai[row]).toBe(Math.log1p(firms[row]));
      expect(values.envrpat[row]).toBeCloseTo(Math.log1p(patents[row]), 12);
    }
    expect(internetFaults.wrongUnit).toHaveLength(0);
    expect(internetFaults.blank.length).toBeGreaterThan(90);
    expect([...internetFaults.blank].every((cell) => Number.isNaN(values.ip[cell]))).toBe(true);
  });

  it('says so in truth.json, with every slope, threshold, indirect effect, difference and error', () => {
    const { truth, files } = makeRawLayer(input);
    // The same seed, the same bytes behind them.
    expect(truth.models).toEqual(knownTruth(panel.drawn).models);
    expect(files.length).toBe(21);
    expect(truth.generator).toMatchObject({ seed: 5, scale: 1, sampling: true });
    expect(truth.models.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['table3(1)', 'table3(6)', 'table7(1)', 'table7(2)', 'table12(5)', 'table6(2)']),
    );
    expect(truth.thresholds?.map(({ by, value }) => [by, value])).toEqual([
      ['ai', 7.797],
      ['hc', 0.056],
      ['fin', 3.87],
    ]);
    expect(truth.differences?.length).toBeGreaterThan(10);
    expect(truth.errors?.map(({ outcome }) => outcome)).toEqual(['cp', 'uis', 'envrpat']);
    // What the errors make a mean of no more is not claimed: the outcome at its ends, AI on its own past.
    expect(truth.models.some(({ outcome }) => outcome.startsWith('winsor') || outcome === 'ai')).toBe(false);
    for (const { slopes } of truth.models) for (const slope of Object.values(slopes)) expect(slope).not.toBeNaN();
  });
});

describe('quantilesOf', () => {
  it('takes the middle score to the middle, far scores to the ends, and keeps the order', () => {
    const quantiles = Float64Array.of(0, 1, 2, 3, 10);
    expect([...quantilesOf(Float64Array.of(-9, 0, 9), quantiles)]).toEqual([0, expect.closeTo(2, 12), 10]);
    // Φ(0.8416) = 0.8: place 0.8 × 5 - 0.5 = 3.5, half way between 3 and 10.
    expect(quantilesOf(Float64Array.of(0.8416212335729143), quantiles)[0]).toBeCloseTo(6.5, 8);
  });
});
