import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readColumns } from '../../../file/delimited/read-columns.ts';
import { inBlocks } from './in-blocks.ts';

const rules = { text: [], number: [], missing: [''] };
const layout = { path: 'a.csv', delimiter: 44, quote: 34, lines: null };

it('property: a text in blocks is read as the whole is, and told to its end', () => {
  const cell = fc.oneof(
    fc.integer().map(String),
    fc.constant('"a\nb"'),
    fc.constant('x,y').map((text) => `"${text}"`),
    fc.constant(''),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      (rows, length, isEnded) => {
        const text = `a,b\n${rows.map((row) => row.join(',')).join('\n')}${isEnded ? '\n' : ''}`;
        const bytes = new TextEncoder().encode(text);
        const shares: number[] = [];
        const whole = readColumns({ ...layout, text: { kind: 'whole', bytes } }, rules);
        const blocks = readColumns({ ...layout, text: inBlocks(bytes, (share) => shares.push(share), length) }, rules);
        expect(blocks).toEqual(whole);
        expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
      },
    ),
  );
});
