import { expect, test } from 'vitest';
import { fromColumns, reg } from '../../src/model.ts';

// A name between backquotes is the name of one column, wherever it stands: what comes of it is what comes of a plain name.

const rows = Array.from({ length: 60 }, (_, i) => i);
const columns = {
  id: rows.map((i) => Math.floor(i / 5)),
  year: rows.map((i) => 2000 + (i % 5)),
  group: rows.map((i) => Math.floor(i / 15)),
  y: rows.map((i) => Math.sin(i) + i / 40),
  z: rows.map((i) => Math.sin(5 * i)),
};
const x = rows.map((i) => Math.cos(3 * i));
const steady = rows.map((i) => Math.cos(Math.floor(i / 5)));

/** The numbers of a result, whatever the columns in it are called. */
function numbersOf(result: unknown): number[] {
  if (typeof result === 'number') return [result];
  if (typeof result !== 'object' || result === null) return [];
  return Object.values(result).flatMap(numbersOf);
}

const odd = ['id^year', 'a=b', 'two words', 'a+b', '(a)', '-a', 'a#1', 'a,b', 'i(a)', '城 市', '"a"', '__proto__'];

test.each(odd)('a regressor called %s', (name) => {
  const of = (called: string): number[] => {
    const quoted = `\`${called}\``;
    const table = fromColumns({ ...columns, ...Object.fromEntries([[called, x]]) });
    const asked = { vcov: 'cluster:id', wild: quoted, clusters: quoted, leave_out: quoted, reps: 9, omitted: quoted };
    const tested = { test: quoted, lincom: `2*${quoted}`, family: `${quoted}, z`, adjust: 'holm', curve: quoted };
    return numbersOf(reg(table, `y ~ ${quoted} + z | id`, { ...asked, ...tested }));
  };
  expect(of(name)).toEqual(of('plain'));
});

test.each(odd)('a column called %s that sorts rows', (name) => {
  const of = (called: string): number[] => {
    const quoted = `\`${called}\``;
    const table = fromColumns({ ...columns, x, steady, ...Object.fromEntries([[called, columns.group]]) });
    const clustered = { vcov: `cluster:${quoted}`, clusters: 'x', reps: 9, leave_out: 'x', leave_out_by: quoted };
    const moved = { permute: 'x', permute_within: quoted, reps: 9 };
    return [clustered, moved].flatMap((words) => numbersOf(reg(table, `y ~ x + z | ${quoted}`, words)));
  };
  expect(of(name)).toEqual(of('plain'));
});

test.each(odd)('a unit called %s', (name) => {
  const of = (called: string): number[] => {
    const quoted = `\`${called}\``;
    const table = fromColumns({ ...columns, x, ...Object.fromEntries([[called, columns.id]]) });
    const words = { panel: { unit: called, time: 'year' }, mediators: 'z', reps: 39 };
    const lagged = reg(table, `y ~ l(x) | ${quoted}`, { panel: words.panel, mundlak: false, leave_out: 'l(x, 1)' });
    return numbersOf([reg(table, `y ~ x | ${quoted}`, words), lagged]);
  };
  expect(of(name)).toEqual(of('plain'));
});
