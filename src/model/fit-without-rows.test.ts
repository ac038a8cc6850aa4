import { describe, expect, test } from 'vitest';
import { isStudyError } from '../error/study-error.ts';
import { columnTable, numberColumn } from '../table/column.ts';
import type { ModelDesign } from './contract.ts';
import { fitModel, summarizeModel } from './estimate-formula.ts';
import type { Fit } from './fit.ts';
import { rowsOf } from './fit-rows.ts';
import { covarianceMethods, readCovariance } from './inference/catalog.ts';
import { clusterGrouping } from './inference/covariance/cluster.ts';
import { effectCounts } from './inference/effect-counts.ts';
import { rowSums, rowsOfScores, scoresOf } from './inference/scores.ts';
import { predictionTable } from './post/prediction-table.ts';
import { recoverEffects } from './post/recover-effects.ts';

const units = 40;
const periods = 6;
const cell = Array.from({ length: units * periods }, (_, i) => ({ unit: Math.floor(i / periods), time: i % periods }));
const wave = (i: number, speed: number): number => Math.sin(speed * (i + 1));
const table = columnTable({
  city: numberColumn(cell.map(({ unit }) => unit)),
  year: numberColumn(cell.map(({ time }) => 2000 + time)),
  x: numberColumn(cell.map((_, i) => wave(i, 1.7))),
  y: numberColumn(cell.map(({ unit }, i) => wave(i, 1.7) + wave(unit, 0.9) + wave(i, 2.9))),
});
const panel = { unit: 'city', time: 'year' };
const { fit, ...named } = fitModel({ id: '1', formula: 'y ~ x | city + year', table, panel });

/** What a database would give back: numbers of the model, and sums by the groups that it was asked for. */
function withoutRows(known: readonly (readonly string[])[]): Fit {
  const { design, gives, ...estimates } = fit;
  const { formula, where, depvar, terms, hasConstant, dropped, lost, diagnostics } = design;
  const shapes = design.effects.map(({ name, variables, count, slopes }) => ({ name, variables, count, slopes }));
  const bare: ModelDesign = {
    ...{ formula, where, depvar, terms, hasConstant, dropped, lost, diagnostics, panel: design.panel },
    effects: shapes,
  };
  const rows = rowsOf(fit, { kind: 'prediction' });
  const sums = new Map(
    known.flatMap((by) =>
      clusterGrouping(rows.sample, { by }).terms.map(({ groups }) => {
        const factor = { codes: groups.codes ?? new Int32Array(), count: groups.count };
        return [groups.name, rowSums(rowsOfScores(scoresOf(fit), ''), factor)] as const;
      }),
    ),
  );
  // Cities are levels of the first effect, years of the second: nothing else is nested.
  const counts = {
    ...effectCounts(gives),
    isNestedIn: (e: number, groups: { readonly name: string }) => shapes[e].name === groups.name,
  };
  const sample = {
    kind: 'outside' as const,
    ...{ where, panel: design.panel },
    groupCount: (key: string) => sums.get(key)?.nrow ?? null,
  };
  return {
    ...estimates,
    design: bare,
    gives: { kind: 'sums', sample, counts, totalWeight: null, sums: (key) => sums.get(key) ?? null },
  };
}

const refusal = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    if (isStudyError(error, 'rows-needed')) return error.detail.use;
    throw error;
  }
  return 'not refused';
};

describe('a fit whose rows stayed where they are', () => {
  const outside = { ...named, fit: withoutRows([['city'], ['city', 'year']]) };

  test.each(['iid', 'cluster:city', 'cluster:city+year'])('has the same result under %s', (vcov) => {
    for (const ssc of ['fixest', 'reghdfe', 'plm', 'ivreg2', 'linearmodels']) {
      expect(summarizeModel(outside, { vcov, ssc })).toEqual(summarizeModel({ ...named, fit }, { vcov, ssc }));
    }
  });

  test('refuses clusters that it was not asked for, by name', () => {
    const other = { ...named, fit: withoutRows([['city']]) };
    expect(refusal(() => summarizeModel(other, { vcov: 'cluster:year' }))).toEqual({
      kind: 'covariance',
      vcov: 'cluster:year',
    });
  });

  test('refuses every covariance that looks at rows', () => {
    const texts = ['hc0', 'hc1', 'hc2', 'hc3', 'cr2:city', 'cr3:city', 'jackknife:city', 'nw:1', 'dk:1', 'thompson:1'];
    const more = ['ac:1', 'kiefer', 'white2:city', 'pcse', 'conley:100,coords=x+y'];
    const ids = new Set([...texts, ...more, 'iid', 'cluster:city'].map((text) => readCovariance(text).method.id));
    expect(covarianceMethods.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
    for (const vcov of [...texts, ...more]) {
      expect(refusal(() => summarizeModel(outside, { vcov }))).toMatchObject({ kind: 'covariance' });
    }
  });

  test('refuses what belongs to rows', () => {
    expect(refusal(() => predictionTable([outside], false))).toEqual({ kind: 'prediction' });
    expect(refusal(() => recoverEffects(outside.fit))).toEqual({ kind: 'effects' });
    expect(refusal(() => summarizeModel(outside, { ssc: 'xtreg' }))).toEqual({ kind: 'constant' });
  });

  test('gives its estimates where it has nothing else', () => {
    const { gives, ...rest } = outside.fit;
    const bare = gives.kind === 'sums' ? { ...rest, gives: { ...gives, kind: 'estimates' as const } } : outside.fit;
    expect(summarizeModel({ ...named, fit: bare }, {}).coef).toEqual(summarizeModel({ ...named, fit }, {}).coef);
    expect(refusal(() => summarizeModel({ ...named, fit: bare }, { vcov: 'hc1' }))).toMatchObject({ vcov: 'hc1' });
  });
});
