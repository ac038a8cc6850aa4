import { describe, expect, it } from 'vitest';
import { identifierShape, isSurelyOneToOne, noWays, numberOfText } from './number-text.ts';

const waysOf = (texts: readonly string[]) => {
  const ways = noWays();
  for (const text of texts) numberOfText(text, ways);
  return ways;
};

describe('the grammar of numbers', () => {
  it.each([
    ...['0', '-0', '1', '-12', '+7', '007', '.5', '5.', '0.10', '1e3', '1E+05', '2.5e-7', '9007199254740993'],
    ...['0.30000000000000004', '1.7976931348623157e308', '4.9e-324', '123456789012345678901234567890.5', '0.1e-400'],
    ...[
      '0.00000000000000000000000000123',
      '9999999999999999.5',
      '-1.50',
      '179769313486231570000',
      '3.14159265358979312',
    ],
  ])('%s is the number that JavaScript reads', (text) => {
    expect(numberOfText(text)).toBe(Number(text));
  });

  it.each([
    ...['', '-', '+', '.', 'e3', '1e', '1e+', '1_11', '0x10', '0b1', '1 2', '1,5', '1,234', '12%', '..', 'n/a', '—'],
    ...['None', 'NaN', 'Inf', '-inf', 'Infinity', '１２', '−5', '1e999', '--1', '1.2.3', '1n', '1f', '$5', 'TRUE'],
  ])('%s is none', (text) => {
    expect(numberOfText(text)).toBeNull();
  });

  it('reads generated decimals as JavaScript does, to the last bit', () => {
    const wrong: string[] = [];
    let state = 7;
    const next = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    for (let k = 0; k < 20_000; k++) {
      const digits = Array.from({ length: 1 + Math.floor(next() * 19) }, () => Math.floor(next() * 10)).join('');
      const at = Math.floor(next() * (digits.length + 1));
      const text = `${next() < 0.3 ? '-' : ''}${digits.slice(0, at)}.${digits.slice(at)}`;
      if (text.replace('-', '') !== '.' && !Object.is(numberOfText(text), Number(text))) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });
});

describe('numbers that are identifiers', () => {
  it.each([
    [['01', '1', '001'], 'leading-zero'],
    [['01.10', '01.1'], 'leading-zero'],
    [['-007', '7'], 'leading-zero'],
    [['9007199254740993', '1'], 'beyond-exact'],
    [['9007199254740992'], 'beyond-exact'],
    [['-9007199254740993'], 'beyond-exact'],
    [['+7', '7'], 'plus-sign'],
    [['1e3', '1000'], 'exponent'],
    [['12E4', '5'], 'exponent'],
    [['1', '20', '-3', '0'], null],
    [['9007199254740991'], null],
    [['1e+05', '1000'], null],
    [['+7.5', '1.5'], null],
    [['1e3', '0.5'], null],
    [['12345678901234567890', '0.5'], null],
  ])('%s: %s', (texts, shape) => {
    expect(identifierShape(waysOf(texts as string[]))).toBe(shape);
  });
});

describe('numbers whose texts are one to one', () => {
  it.each([
    [['1', '2', '30', '-4', '0']],
    [['1', '2.5', '0.125']],
    [['1.0', '2.0', '2.5']],
    [['1.50', '2.25', '0.00']],
    [['.5', '1', '.25']],
    [['0.1', '0.30000000000000004']],
  ])('%s surely', (texts) => {
    expect(isSurelyOneToOne(waysOf(texts))).toBe(true);
  });

  it.each([
    [['1', '1.0']],
    [['1.5', '1.50']],
    [['.5', '0.5']],
    [['5.', '5']],
    [['0', '-0']],
    [['0.0', '-0.0']],
    [['0.1', '0.10000000000000001']],
    [['1e+05', '100000']],
    [['+1.5', '1.5']],
    [['2.00', '2.0']],
  ])('%s not: two of them are one number', (texts) => {
    expect(new Set(texts.map(Number)).size).toBe(1);
    expect(isSurelyOneToOne(waysOf(texts))).toBe(false);
  });

  it('tells the shortest digits of a double from others, generated near and far from powers of two', () => {
    const wrong: string[] = [];
    let state = 3;
    const next = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    for (let k = 0; k < 20_000; k++) {
      const base = next() < 0.2 ? 2 ** Math.floor(next() * 40 - 15) : 10 ** (next() * 12 - 5);
      const value = base * (1 + (next() < 0.5 ? next() : Math.floor(next() * 5 - 2) * 2 ** -52));
      for (const text of [String(value), value.toPrecision(16), value.toPrecision(17), value.toPrecision(18)]) {
        if (!/^\d+\.\d*[1-9]$/.test(text)) continue;
        if (numberOfText(text) !== Number(text)) wrong.push(text);
        const digits = text.replace('.', '').replace(/^0+/, '').length;
        const isShortest = digits <= 15 || text === String(Number(text));
        if (isSurelyOneToOne(waysOf([text])) !== isShortest) wrong.push(text);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('never calls a pair sure that is one number: every pair of many ways to write one', () => {
    const bodies = ['0', '1', '10', '1.5', '0.25', '100', '1234567890123456', '0.1'];
    const written = bodies.flatMap((body) => [
      ...[
        body,
        `+${body}`,
        `-${body}`,
        `0${body}`,
        body.includes('.') ? `${body}0` : `${body}.0`,
        `${body}e0`,
        `${body}e+0`,
      ],
      ...[
        body.includes('.') ? `${body}00` : `${body}.`,
        body.replace(/^0\./, '.'),
        `${body}${body.includes('.') ? '' : '.00'}`,
      ],
    ]);
    for (const a of written) {
      for (const b of written) {
        if (a === b || numberOfText(a) !== numberOfText(b) || numberOfText(a) === null) continue;
        const ways = waysOf([a, b]);
        expect([a, b, isSurelyOneToOne(ways)]).toEqual([a, b, false]);
      }
    }
  });
});
