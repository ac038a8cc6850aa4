import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { chinaVocabulary, cityStudy } from '../../../test/china-pack.ts';
import type { LackingMeasure } from '../../error/lacking-measure.ts';
import { StudyError } from '../../error/study-error.ts';
import { readRawStudy } from '../../platform/app/read-study.ts';
import { tableKindOf } from '../exhibit/catalog.ts';
import { columnsAlone } from './column-keys.ts';
import type { RowFault } from './row-fault.ts';
import { studyWithout } from './study-without.ts';

const whole = readRawStudy(fileURLToPath(cityStudy)).study;
const all = whole.measures.map(({ id }) => id);

function lacking(...ids: readonly string[]): LackingMeasure[] {
  return ids.map((variable) => {
    const formula = whole.measures.find(({ id }) => id === variable)?.formula ?? '';
    return { variable, formula, missing_tables: [], missing_series: [], near: [], years: null };
  });
}
const without = (...ids: readonly string[]) => studyWithout(whole, lacking(...ids), chinaVocabulary);

/** Every text of a value, keys of mappings apart. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
}

const prose = new Set(['title', 'notes', 'label', 'text', 'reason', 'names', 'id', 'number', 'layout', 'path', 'part']);

/** What an exhibit or a claim is made of: its texts but titles and notes. */
const pointersOf = (one: object): readonly string[] =>
  Object.entries(one).flatMap(([key, value]) => (prose.has(key) ? [] : texts(value)));

test('nothing is lacking: the study as it is', () => {
  expect(without()).toEqual({ study: whole, unmade: [], renumbered: new Set() });
});

test.each(all)('what is left names neither %s nor a model, table or claim that needs it', (variable) => {
  const { study } = without(variable);
  const word = new RegExp(`(?<![\\w-])${variable}(?![\\w-])`);
  const models = Object.keys(whole.models).filter((id) => !(id in study.models));
  const tables = whole.tables.map(({ id }) => id).filter((id) => !study.tables.some((one) => one.id === id));
  for (const model of Object.values(study.models)) {
    for (const text of [...model.expanded, ...texts(model.words.mediators)]) expect(text).not.toMatch(word);
  }
  const claims = study.hypotheses.flatMap((one) => [one, ...(one.stricter === null ? [] : [one.stricter])]);
  for (const one of [...study.tables, ...study.figures, ...claims]) {
    // Of its model such a table takes the parts of the panel alone.
    const isOfParts = 'number' in one && tableKindOf(one).isOfParts === true;
    for (const text of pointersOf({ ...one, stricter: null })) {
      expect(text, JSON.stringify(one)).not.toMatch(word);
      expect([...(isOfParts ? [] : models), ...tables], JSON.stringify(one)).not.toContain(text);
    }
  }
});

test('of all measures nothing is left, and each table, figure and claim is told with what it needs', () => {
  const { study, unmade } = without(...all);
  expect([study.tables, study.figures, study.hypotheses, study.report.headline]).toEqual([[], [], [], null]);
  const told = (kind: string) => unmade.filter((one) => one.kind === kind).map(({ id }) => id);
  expect(told('table')).toEqual(whole.tables.map(({ id }) => id));
  expect(told('figure')).toEqual(whole.figures.map(({ id }) => id));
  expect(told('hypothesis')).toEqual(whole.hypotheses.map(({ id }) => id));
  for (const { needs } of unmade) expect(needs.length).toBeGreaterThan(0);
});

describe('parts of tables', () => {
  test('the last control takes the last column of the baseline, and the headline with it', () => {
    const { study, unmade, renumbered } = without('st');
    expect(study.models.baseline?.expanded).toEqual(whole.models.baseline?.expanded.slice(0, 5));
    expect(unmade).toContainEqual({ kind: 'columns', id: 'table3', columns: [6], needs: ['st'] });
    expect(study.report.headline).toBeNull();
    expect(renumbered.has('table3')).toBe(false);
    expect(study.tables.find(({ id }) => id === 'table3')?.notes).toHaveLength(1);
  });

  test('a claim on a column keeps it under its new number, and goes with it', () => {
    const { study, unmade, renumbered } = without('uis');
    const claim = (id: string) => study.hypotheses.find((one) => one.id === id);
    expect(claim('H2a')).toBeUndefined();
    expect(claim('H2b')).toMatchObject({ table: 'table6', columns: [1] });
    expect(claim('H2b')?.stricter).toMatchObject({ model: 'through_mediators', mediator: 'envrpat' });
    expect(unmade).toContainEqual({ kind: 'hypothesis', id: 'H2a', needs: ['uis'] });
    expect(study.models.through_mediators?.words.mediators).toEqual(['envrpat']);
    expect([...renumbered]).toContain('table6');
  });

  test('a table of statistics loses its rows alone', () => {
    const { study, unmade } = without('ai', 'envrpat');
    expect(study.tables.find(({ id }) => id === 'table2')).toMatchObject({
      variables: ['cp', 'uis', 'er', 'ip', 'hc', 'fin', 'pop', 'ope', 'gov', 'fi', 'st'],
    });
    expect(unmade).toContainEqual({ kind: 'rows', id: 'table2', needs: ['ai', 'envrpat'] });
  });

  test('the table of counted words goes with the count', () => {
    expect(without('ai').unmade).toContainEqual(
      expect.objectContaining({ kind: 'table', id: 'table1', needs: ['ai'] }),
    );
    expect(without('st').study.tables.map(({ id }) => id)).toContain('table1');
  });
});

describe('rows that the panel does not have', () => {
  const error = new StudyError('empty-sample', { where: 'here', rows: 10, dropped: {} });
  /** A model without some of its columns, by their labels; without any: gone. */
  function fault(id: string, ...labels: readonly string[]): RowFault {
    const model = whole.models[id];
    if (model === undefined) throw new Error(`no model ${id}`);
    const alone = columnsAlone(id, model, { ...whole.panel, step: null });
    const wrong = alone.filter(({ label }) => labels.includes(label));
    expect(wrong).toHaveLength(labels.length);
    const columns = labels.length === 0 ? null : new Set(wrong.map(({ key }) => key));
    return { kind: 'model', id, columns, need: [`models.${id}`, ...labels].join(' '), error };
  }
  const withoutRows = (...faults: readonly RowFault[]) => studyWithout(whole, [], chinaVocabulary, faults);

  test('a part of the panel takes its column, and claims that name it; the others keep theirs', () => {
    const { study, unmade, renumbered } = withoutRows(fault('regions', 'West'));
    expect(study.models.regions?.samples.map(({ label }) => label?.en)).toEqual(['East', 'Central', 'Northeast']);
    expect(unmade).toContainEqual({ kind: 'columns', id: 'table11', columns: [3], needs: ['models.regions West'] });
    expect(renumbered.has('table11')).toBe(true);
    const claims = study.hypotheses.map(({ id }) => id);
    expect(claims).not.toContain('D3a');
    expect(claims).not.toContain('D3b');
    expect(claims).toContain('D4c');
    // The means of regions need no estimate: every region stands there.
    expect(study.tables.map(({ id }) => id)).toContain('region-means');
    expect(study.parts?.regions).toEqual(whole.models.regions?.samples);
  });

  test('one part left: nothing is compared any more, and no draws are asked for', () => {
    const { study } = withoutRows(fault('city_size', 'Megacities', 'Big'));
    expect(study.models.city_size?.samples).toHaveLength(1);
    expect(Object.keys(study.models.city_size?.words ?? {})).not.toContain('differences');
    expect(Object.keys(study.models.city_size?.words ?? {})).not.toContain('reps');
    const { study: compared } = withoutRows(fault('regions', 'East', 'Central', 'West'));
    expect(compared.tables.map(({ id }) => id)).not.toContain('regions-compared');
  });

  test('orders of the groups that are left have their new numbers', () => {
    const { study } = withoutRows(fault('city_size', 'Megacities'));
    expect(study.models.city_size?.words.differences_order).toEqual(['1 > 2']);
    expect(study.hypotheses.map(({ id }) => id)).toContain('D2b');
    expect(study.hypotheses.find(({ id }) => id === 'D2a')).toBeUndefined();
  });

  test('a variant takes its column, the baseline the model', () => {
    const { study } = withoutRows(fault('robustness', 'No coal provinces'));
    expect(study.models.robustness?.words.variants).toHaveLength(4);
    expect(withoutRows(fault('robustness', '')).study.models.robustness).toBeUndefined();
  });

  test('a table that the rows do not give is told with its reason, and takes what is drawn from it', () => {
    const { study, unmade } = withoutRows({ kind: 'table', id: 'series', columns: null, need: 'tables.series', error });
    expect(study.tables.map(({ id }) => id)).not.toContain('series');
    const told = unmade.find(({ id }) => id === 'series');
    expect(told).toMatchObject({
      kind: 'table',
      needs: ['tables.series'],
      reason: { en: expect.stringContaining('here') },
    });
  });

  test('a model that is gone takes its claims, and not the means of its parts', () => {
    const { study } = withoutRows(fault('threshold_hc'), fault('endowment'));
    expect(study.hypotheses.map(({ id }) => id)).not.toContain('H4b');
    expect(study.hypotheses.map(({ id }) => id)).not.toContain('D1');
    expect(study.tables.map(({ id }) => id)).toContain('endowment-balance');
  });
});

test('means by part need of their model only what tells the parts apart', () => {
  const { study } = without('ai');
  expect(study.models.regions).toBeUndefined();
  const tables = study.tables.map(({ id }) => id);
  expect(tables).toContain('region-means');
  expect(tables).toContain('endowment-balance');
});
