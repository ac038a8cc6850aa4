import { expect, test } from 'vitest';
import type { MapFigure } from '../../output/figure/contract.ts';
import { columnTable, numberColumn, takeRows, textColumn } from '../../table/column.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { makeFigure } from './make.ts';

const panel = columnTable({
  id: textColumn(['u', 'v', 'w', 'u', 'v', 'w']),
  id_name: textColumn(['Up', 'Vale', 'West', 'Up', 'Vale', 'West']),
  t: numberColumn([2001, 2001, 2001, 2002, 2002, 2002]),
  lon: numberColumn([100, 110, null, 100, 110, null]),
  lat: numberColumn([20, 30, null, 20, 30, null]),
  y: numberColumn([1, 2, 3, 4, null, 6]),
});

function drawn(figure: object, table = panel): MapFigure {
  const yaml = [
    ...['kaya: 1', 'id: places', 'title: Places', 'data: { panel: panel.csv }', 'panel: { unit: id, time: t }'],
    'models: {}',
    `figures: [${JSON.stringify({ kind: 'map', id: 'f', title: 'F', ...figure })}]`,
  ].join('\n');
  const read = parseAnyStudy(yaml, 'study.yaml');
  if (read.kind !== 'panel-file') throw new RangeError('the study is about a ready panel');
  const study = resolvePanelFileStudy(read.spec);
  const context = { study, panel: table, models: {}, isSynthetic: false, number: '1', tables: [], verdicts: [] };
  return makeFigure(study.figures[0], context) as MapFigure;
}

test('the last period unless another is named; units by name; without coordinates told, without a value a cross', () => {
  const last = drawn({ variable: 'y' });
  expect(last.points).toEqual([
    { name: 'Up', longitude: 100, latitude: 20, place: 0 },
    { name: 'Vale', longitude: 110, latitude: 30, place: null },
  ]);
  expect(last.notes).toMatchObject([{}, {}, { key: 'map.unplaced', values: { count: 1 } }]);
  expect(drawn({ variable: 'y', period: 2001 }).points.map(({ place }) => place)).toEqual([0, 1]);
});

test('without a row there is no map, and the reason is told', () => {
  const none = takeRows(panel, new Int32Array(0));
  expect(() => drawn({ variable: 'y' }, none)).toThrowError(
    expect.objectContaining({ code: 'empty-sample', detail: expect.objectContaining({ where: 'figures.f', rows: 0 }) }),
  );
});

test.each([
  [{ variable: 'y', period: 2009 }, 'figures.f.period'],
  [{ variable: 'y', longitude: 'id' }, 'figures.f.longitude'],
])('what has no place on a map is named: %j', (figure, option) => {
  expect(() => drawn(figure)).toThrowError(expect.objectContaining({ detail: expect.objectContaining({ option }) }));
});
