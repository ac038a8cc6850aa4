import { expect, test } from 'vitest';
import { labelOf } from '../exhibit/labels.ts';
import { parseAnyStudy } from './load-any-study.ts';
import { resolvePanelFileStudy } from './resolve-panel-file.ts';

/** A study whose names are those that every object of JavaScript has already. */
function studyOf(labels: Readonly<Record<string, string>>) {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'id', time: 'year' }, labels },
    models: { constructor: { formula: 'y ~ constructor + toString | id' } },
    tables: [{ kind: 'regression', id: 'valueOf', title: 'T', models: ['constructor'] }],
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, ['id', 'year', 'y', 'constructor', 'toString']);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  return resolvePanelFileStudy(parsed.spec);
}

test('a variable that is called as something of every object has the label of the study, or its name', () => {
  const study = studyOf({ constructor: 'Constructor of cars' });
  expect(labelOf(study, 'constructor')).toEqual({ en: 'Constructor of cars', zh: 'Constructor of cars' });
  expect(labelOf(study, 'toString')).toBe('toString');
  expect(Object.keys(study.models)).toEqual(['constructor']);
  expect(study.tables.map(({ id }) => id)).toEqual(['valueOf']);
});

test('the key __proto__ is refused by name, with its place', () => {
  const text =
    'kaya: 1\nid: s\ntitle: S\ndata: { panel: d.csv }\npanel: { unit: id, time: year }\nlabels:\n  __proto__: x\n';
  expect(() => parseAnyStudy(text, 'study.yaml', {}, null)).toThrowError(
    expect.objectContaining({
      code: 'study-invalid',
      detail: expect.objectContaining({ faults: [expect.objectContaining({ line: 7, column: 3 })] }),
    }),
  );
});
