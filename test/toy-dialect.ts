import type { Dialect } from '../src/data/sql/dialect.ts';

const called = (name: string, ...args: readonly (string | number)[]): string => `${name}[${args.join('; ')}]`;

/** A dialect of no engine: whatever a query takes from its dialect stands in square brackets or between backticks. */
export const toyDialect: Dialect = {
  id: 'toy',
  quoteName: (name) => `\`${name}\``,
  quoteText: (text) => `'${text}'`,
  number: (value) => called('number', value),
  divide: (left, right) => called('divide', left, right),
  power: (left, right) => called('power', left, right),
  quotient: (left, right) => called('quotient', left, right),
  notANumber: called('no number'),
  infinity: called('infinity'),
  bitAt: (place) => called('bit at', place),
  bitUnion: (value) => called('bits', value),
  rowPlace: called('place'),
  rowNumber: called('row number'),
  call: (name, args) => called(name, ...args),
  day: (iso) => called('day', iso),
  daysBetween: (later, earlier) => called('days', later, earlier),
  laterDay: (day, days) => called('later', day, days),
  cast: (value, { to }) => called('cast', value, to),
  rowFunction: (name, args) => called(name, ...args),
  define: (table, query) => called('define', table, query),
  stored: (value, as) => called('stored', value, as),
  numberOfText: (text) => called('number of', text),
  isFinite: (value) => called('finite', value),
  sharesBit: (value, bits) => called('bit', value, bits),
  joinTexts: (left, right) => called('join', left, right),
  wholeNumbers: ([first, last], { table, column }) => called('numbers', first, last, table, column),
  textRows: (rows, { table, columns }) => called('rows', ...rows.flat(), table, ...columns),
  where: (aggregate, condition) => called('where', aggregate, condition),
  product: (value) => called('product of', value),
  atSmallest: (value, order) => called('smallest', value, order),
  distinctTexts: (text, separator) => called('texts', text, separator),
};
