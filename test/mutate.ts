import { randomStream } from '../src/math/random/philox.ts';

/** Whole numbers below a bound, from a seed. */
export type Dice = (sides: number) => number;

export function dice(seed: number, stream: number): Dice {
  return randomStream(seed, stream).integer;
}

const heads = [
  'PK\x03\x04',
  '\xd0\xcf\x11\xe0',
  'PAR1',
  '<stata_dta><header>',
  '\xff\xfe',
  '\xfe\xff',
  '\xef\xbb\xbf',
  'r\x02\x01\0',
  '<html>',
];
const inserts = [
  '"',
  "'",
  ',',
  '\t',
  ';',
  '\r',
  '\n',
  '\0',
  '\x1a',
  '\xff',
  '\x81',
  '锟斤拷',
  'å',
  '9'.repeat(400),
  '<',
  '&x;',
  '\x80\0\0\0',
];

/** A copy of a file with one to four faults: bytes changed, cut, repeated, taken out, put in, another format's head. */
export function mutate(bytes: Buffer, roll: Dice): Buffer {
  let out: Buffer = Buffer.from(bytes);
  for (let count = 1 + roll(4); count > 0 && out.length > 0; count--) out = mutateOnce(out, roll);
  return out;
}

function mutateOnce(bytes: Buffer, roll: Dice): Buffer {
  const at = roll(bytes.length);
  const span = 1 + roll(Math.min(64, bytes.length - at));
  const [before, piece, after] = [bytes.subarray(0, at), bytes.subarray(at, at + span), bytes.subarray(at + span)];
  switch (roll(8)) {
    case 0:
      return Buffer.from(bytes.subarray(0, at));
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, piece, piece, piece, after]);
    case 3:
      return Buffer.concat([before, Buffer.from(inserts[roll(inserts.length)], 'latin1'), bytes.subarray(at)]);
    case 4: {
      const head = Buffer.from(heads[roll(heads.length)], 'latin1');
      return Buffer.concat([head, bytes.subarray(roll(2) === 0 ? 0 : Math.min(head.length, bytes.length))]);
    }
    case 5: {
      // A whole number somewhere becomes huge, zero or negative.
      const out = Buffer.from(bytes);
      out.fill([0xff, 0, 0x7f, 0x80][roll(4)], at, Math.min(at + [1, 2, 4, 8][roll(4)], out.length));
      return out;
    }
    default: {
      const out = Buffer.from(bytes);
      for (let k = 1 + roll(8); k > 0; k--) {
        const place = roll(2) === 0 ? roll(out.length) : roll(Math.min(512, out.length));
        out[place] ^= 1 << roll(8);
      }
      return out;
    }
  }
}
