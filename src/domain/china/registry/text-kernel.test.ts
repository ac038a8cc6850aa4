import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../data/source/utf8.ts';
import { readRecord, readWholeRecord, recordCells } from './delimited.ts';
import { compilePatterns, findPatternsInto, occurrences } from './find-patterns.ts';
import { span, textKernel, textRoom } from './text-kernel.ts';

/** Texts of a few signs, so that every sweep finds something, at every place of its sixteen bytes. */
const sign = fc.constantFrom('\n', '"', ',', 'a', '不', '除', '禁', '丌', '智', '能', '网', '\t', '𠮷');
const text = fc.array(sign, { maxLength: 120 }).map((signs) => utf8(signs.join('')));

function held(bytes: Uint8Array): Uint8Array {
  const room = textRoom(bytes.length + 8);
  room.fill(10);
  room.set(bytes);
  return room;
}

describe('sweeps over text', () => {
  it('find line feeds and quotes where looking at each byte does, in any range', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (bytes, a, b) => {
        const [from, to] = [a % (bytes.length + 1), b % (bytes.length + 1)].sort((x, y) => x - y);
        held(bytes);
        const kernel = textKernel();
        const places = [...kernel.out().subarray(0, kernel.marks(from, to))];
        const expected = [...bytes.keys()].filter((p) => p >= from && p < to && (bytes[p] === 10 || bytes[p] === 34));
        expect(places).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('find a span of nothing but line feeds', () => {
    held(new Uint8Array(span).fill(10));
    const kernel = textKernel();
    expect(kernel.marks(0, span)).toBe(span);
    expect(kernel.out()[span - 1]).toBe(span - 1);
  });

  it('find 不, 除 and 禁 whole, and nothing behind the end', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (bytes, a, b) => {
        const [from, to] = [a % (bytes.length + 1), b % (bytes.length + 1)].sort((x, y) => x - y);
        held(bytes);
        const part = Buffer.from(bytes.subarray(from, to));
        const expected = ['不', '除', '禁'].some((one) => part.includes(Buffer.from(one)));
        expect(textKernel().denies(from, to)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('find patterns where comparing at each byte does, from one character to five', () => {
    const pattern = fc
      .array(fc.constantFrom('智', '能', '网', '不', '𠮷'), { minLength: 1, maxLength: 5 })
      .map((signs) => utf8(signs.join('')));
    fc.assert(
      fc.property(text, fc.array(pattern, { minLength: 1, maxLength: 20 }), (bytes, patterns) => {
        const hits = occurrences();
        const set = compilePatterns(patterns, [...patterns.keys()]);
        findPatternsInto(hits, set, held(bytes), 0, bytes.length);
        const found = Array.from({ length: hits.count }, (_, i) => `${hits.at[i]} ${hits.id[i]}`);
        const whole = Buffer.from(bytes);
        const expected = [...bytes.keys()].flatMap((p) =>
          patterns.flatMap((one, i) => (whole.subarray(p, p + one.length).equals(one) ? [`${p} ${i}`] : [])),
        );
        expect(found.sort()).toEqual(expected.sort());
      }),
      { numRuns: 500 },
    );
  });

  it('find patterns over the end of a span', () => {
    const bytes = new Uint8Array(2 * span).fill(97);
    const word = utf8('人工智能');
    const places = [span - 13, span - 1, 2 * span - 12];
    for (const place of places) bytes.set(word, place);
    const hits = occurrences();
    findPatternsInto(hits, compilePatterns([word], [7]), held(bytes), 0, bytes.length);
    expect([...hits.at.subarray(0, hits.count)]).toEqual(places);
  });

  it.each([44, 9])('read the cells of a whole record as reading byte by byte does (delimiter %i)', (delimiter) => {
    const format = { delimiter, isEnd: true };
    fc.assert(
      fc.property(text, fc.constantFrom('', '\r'), (signs, end) => {
        const bytes = Uint8Array.from([...signs, ...utf8(end)]);
        const room = held(bytes);
        const [expected, cells] = [recordCells(6), recordCells(6)];
        fc.pre(readRecord(room, 0, bytes.length, format, expected) >= 0);
        readWholeRecord(room, 0, bytes.length, format, cells);
        expect(cells.count).toBe(expected.count);
        const kept = Math.min(6, cells.count);
        for (const part of ['start', 'end', 'escaped'] as const)
          expect([...cells[part].subarray(0, kept)]).toEqual([...expected[part].subarray(0, kept)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('take a text from elsewhere, and keep it when the room grows', () => {
    const bytes = utf8('a\n"');
    const kernel = textKernel();
    const copy = kernel.hold(bytes);
    expect(kernel.hold(copy)).toBe(copy);
    expect(kernel.marks(0, 3)).toBe(2);
    expect([...kernel.out().subarray(0, 2)]).toEqual([1, 2]);
    const larger = new Uint8Array(1 << 23).fill(97);
    larger[(1 << 23) - 1] = 10;
    kernel.hold(larger);
    expect(kernel.marks((1 << 23) - 5, 1 << 23)).toBe(1);
    expect(kernel.out()[0]).toBe((1 << 23) - 1);
  });
});
