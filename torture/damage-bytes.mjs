/*
 * Faults of files. Every function takes what is sound and the tools of a try, and gives a copy with one fault or some; the same
 * draws give the same file.
 */

const HEADS = [
  ...[
    'PK\x03\x04',
    'PK\x05\x06',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'PAR1',
    '<stata_dta><header>',
    'r\x02\x01\0',
    's\x01\x01\0',
  ],
  ...[
    '\xff\xfe',
    '\xfe\xff',
    '\xef\xbb\xbf',
    '\xff\xfe\0\0',
    '<html>',
    '<?xml version="1.0"?>',
    'SQLite format 3\0',
    '\x1f\x8b\x08',
  ],
  ...['%PDF-1.4', 'GIF89a', '\0\0\0\0', 'DUCK', '\x09\x08\x08\0', 'sep=;\n', '#', '{"a":1}', '$FL2@(#)'],
];
const SCRAPS = [
  ...[
    '"',
    "'",
    ',',
    '\t',
    ';',
    '|',
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\0\0\0\0',
    '\x1a',
    '\xff',
    '\x81',
    '\xc0\x80',
    '\xed\xa0\x80',
  ],
  ...[
    '\xf4\x90\x80\x80',
    'é',
    '城市',
    '锟斤拷',
    '\u2028',
    '\u202e',
    '\ufeff',
    '9'.repeat(400),
    '<',
    '&x;',
    '&#x110000;',
    ']]>',
    '<!--',
  ],
];
/** What a length that is written in a file is made to say. */
const LENGTHS = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_fff0n,
  0xffff_ffffn,
  1n << 40n,
  (1n << 64n) - 1n,
];

const join = (...pieces) =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));

/** @type {Record<string, (bytes: Buffer, tools: import('./contract.mjs').Tools) => Buffer>} */
const BYTE_FAULTS = {
  'cut off': (bytes, { whole }) => bytes.subarray(0, whole(bytes.length)),
  'cut off at the front': (bytes, { whole }) => bytes.subarray(whole(Math.min(bytes.length, 600))),
  'a piece out': (bytes, tools) => {
    const [from, to] = span(bytes, tools);
    return join(bytes.subarray(0, from), bytes.subarray(to));
  },
  'a piece repeated': (bytes, tools) => {
    const [from, to] = span(bytes, tools);
    const times = tools.pick([1, 2, 50]);
    return join(bytes.subarray(0, from), ...Array(times).fill(bytes.subarray(from, to)), bytes.subarray(from));
  },
  'a piece from elsewhere': (bytes, tools) => {
    const [from, to] = span(bytes, tools);
    const other = tools.whole(bytes.length);
    return join(bytes.subarray(0, other), bytes.subarray(from, to), bytes.subarray(other + to - from));
  },
  'put in': (bytes, { whole, pick }) => {
    const at = whole(bytes.length + 1);
    const scrap = pick(SCRAPS);
    return join(
      bytes.subarray(0, at),
      Buffer.from(scrap, /[\u0100-\uffff]/.test(scrap) ? 'utf8' : 'latin1'),
      bytes.subarray(at),
    );
  },
  'the head of another format': (bytes, { pick, random }) => {
    const head = Buffer.from(pick(HEADS), 'latin1');
    return join(head, bytes.subarray(random() < 0.5 ? 0 : head.length));
  },
  'the file twice': (bytes) => join(bytes, bytes),
  'a length': (bytes, { whole, pick, random }) => {
    const out = Buffer.from(bytes);
    const width = pick([1, 2, 4, 8]);
    if (out.length < width) return out;
    const near = Math.min(out.length - width + 1, pick([64, 512, out.length]));
    const at = random() < 0.6 ? whole(near) : out.length - width - whole(near);
    const value = random() < 0.2 ? BigInt(out.length + pick([-1, 0, 1])) : pick(LENGTHS);
    const masked = value & ((1n << BigInt(width * 8)) - 1n);
    const hex = masked.toString(16).padStart(width * 2, '0');
    const big = Buffer.from(hex, 'hex');
    (random() < 0.7 ? big.reverse() : big).copy(out, at);
    return out;
  },
  'filled over': (bytes, tools) => {
    const out = Buffer.from(bytes);
    const [from, to] = span(bytes, tools);
    return out.fill(tools.pick([0, 0xff, 0x20, 0x80, 0x22]), from, to);
  },
  'bits flipped': (bytes, { whole, random }) => {
    const out = Buffer.from(bytes);
    for (let k = 1 + whole(8); k > 0; k--) {
      const at = random() < 0.5 ? whole(out.length) : whole(Math.min(512, out.length));
      out[at] ^= 1 << whole(8);
    }
    return out;
  },
};

function span(bytes, { whole, pick }) {
  const from = whole(bytes.length);
  return [from, Math.min(bytes.length, from + 1 + whole(pick([8, 64, 4096])))];
}

/**
 * A file with faults of its bytes.
 *
 * @param {Buffer} bytes
 * @param {import('./contract.mjs').Tools} tools
 * @param {string[]} told  gets the name of each fault
 */
export function damageBytes(bytes, tools, told) {
  let out = bytes;
  for (let count = 1 + tools.whole(3); count > 0 && out.length > 0; count--) {
    const name = tools.pick(Object.keys(BYTE_FAULTS));
    told.push(name);
    out = BYTE_FAULTS[name](out, tools);
  }
  return out;
}
