import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/**
 * Answers of a registry that wishes its caller ill: secrets echoed in every encoding, bodies of every wrong shape. A kind makes an
 * answer from the secrets of the request and from what a good answer would have been.
 *
 * @typedef {{ status?: number, headers?: Record<string, string>, body?: string | Buffer, endless?: 'slow' | 'fast' }} Hostile
 * @typedef {{ secret: string, key: string, token: string, good: Record<string, unknown>, random: () => number }} Given
 * @typedef {{ name: string, makes: (given: Given) => Hostile, ends: 'page' | 'aside' | 'either' | 'stop' }} Kind
 *   `ends`: the page is kept without the secret, its window is set aside, one of the two, or the collection stops
 */

const bytes = (text) => Buffer.from(text, 'utf8');
const each = (text, code) => [...bytes(text)].map((byte) => code(byte.toString(16).padStart(2, '0'), byte)).join('');
const base64 = (text) => bytes(text).toString('base64');
const url64 = (text) => bytes(text).toString('base64url');
const hex = (text) => bytes(text).toString('hex');
const percent = (text) => each(text, (code) => `%${code}`);
const units = (text, code) => [...text].map((letter) => code(letter.charCodeAt(0))).join('');

/** Ways to write a text, by name. */
export const encodings = {
  plain: (text) => text,
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  'percent-lower': percent,
  'percent-upper': (text) => percent(text).toUpperCase(),
  'percent-usual': (text) => encodeURIComponent(text),
  'percent-twice': (text) => encodeURIComponent(percent(text)),
  form: (text) => new URLSearchParams([['', text]]).toString().slice(1),
  base64,
  'base64-bare': (text) => base64(text).replace(/=+$/, ''),
  'base64-second': (text) => base64(`x${text}y`),
  'base64-third': (text) => base64(`xx${text}yy`),
  'base64-inside-word': (text) => `Zz${base64(text)}`,
  'base64-url': url64,
  'base64-url-third': (text) => url64(`??${text}`),
  'base64-twice': (text) => base64(base64(text)),
  'base64-lines': (text) => base64(`${'-'.repeat(20)}${text}${'-'.repeat(60)}`).replace(/(.{24})/g, '$1\n'),
  'base64-percent': (text) => encodeURIComponent(base64(text)),
  'percent-base64': (text) => base64(percent(text)),
  'base64-utf16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'basic-header': (text) => `Basic ${base64(`user:${text}`)}`,
  hex,
  'hex-upper': (text) => hex(text).toUpperCase(),
  'hex-odd': (text) => `a${hex(text)}b`,
  'hex-colons': (text) => each(text, (code) => `${code}:`),
  'hex-blanks': (text) => each(text, (code) => `${code} `),
  'hex-0x': (text) => each(text, (code) => `0x${code}, `),
  'hex-utf16': (text) => Buffer.from(text, 'utf16le').toString('hex'),
  'entities-decimal': (text) => units(text, (code) => `&#${code};`),
  'entities-hex': (text) => units(text, (code) => `&#x${code.toString(16)};`),
  'entities-bare': (text) => units(text, (code) => `&#${code} `).replaceAll(' ', ''),
  'entities-twice': (text) => units(text, (code) => `&amp;#${code};`),
  'escapes-u': (text) => units(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
  'escapes-brace': (text) => units(text, (code) => `\\u{${code.toString(16)}}`),
  'escapes-x': (text) => each(text, (code) => `\\x${code}`),
  'escapes-octal': (text) => each(text, (_, byte) => `\\${byte.toString(8).padStart(3, '0')}`),
  'escapes-slash': (text) => text.replaceAll('/', '\\/'),
  'quoted-printable': (text) => each(text, (code) => `=${code.toUpperCase()}`),
  nul: (text) => [...text].join('\0'),
  'zero-width': (text) => [...text].join('\u200b'),
  'json-in-json': (text) => JSON.stringify({ a: JSON.stringify({ b: text }) }),
};

const json = (value) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });

/** The good answer with something beside it. */
const beside = ({ good }, extra) => json({ ...good, ...extra });

/** @type {Kind[]} */
const echoes = Object.entries(encodings).map(([name, write]) => ({
  name: `echo ${name}`,
  ends: 'either',
  makes: (given) => beside(given, { Echo: `a ${write(given.secret)} b`, Token: write(given.token) }),
}));

const rowsOf = (good) => (Array.isArray(good.Result) ? good.Result : []);

/** @type {Kind[]} */
const places = [
  {
    name: 'secret as a key',
    ends: 'either',
    makes: (given) => beside(given, { [given.secret]: 1, [given.key]: { [base64(given.secret)]: [] } }),
  },
  {
    name: 'secret in a row',
    ends: 'either',
    makes: ({ good, secret, key }) =>
      json({
        ...good,
        Result: rowsOf(good).map((row) => ({ ...row, Scope: `${row.Scope} ${secret} ${percent(key)}` })),
      }),
  },
  {
    name: 'escaped by the body',
    ends: 'either',
    makes: (given) => {
      const text = JSON.stringify({ ...given.good, Echo: 'HERE' });
      return { body: text.replace('HERE', encodings['escapes-u'](given.secret)) };
    },
  },
  {
    name: 'secret across two texts',
    ends: 'either',
    makes: (given) => beside(given, { Echo: [given.secret.slice(0, 5), given.secret.slice(5)] }),
  },
  { name: 'secret as the body', ends: 'aside', makes: ({ secret, key }) => ({ body: `${secret} ${base64(key)}` }) },
  {
    name: 'secret as a page',
    ends: 'aside',
    makes: ({ secret }) => ({ body: `<p>${encodings['entities-hex'](secret)}` }),
  },
  {
    name: 'secret in headers',
    ends: 'page',
    makes: ({ good, secret, key }) => ({
      ...json(good),
      headers: {
        'content-type': 'application/json',
        'set-cookie': `s=${percent(secret)}`,
        'x-key': base64(key),
        etag: hex(key),
      },
    }),
  },
  {
    name: 'secret as a character set',
    ends: 'aside',
    makes: ({ good, key }) => ({
      body: JSON.stringify(good),
      headers: { 'content-type': `application/json; charset=${key}` },
    }),
  },
  ...['gzip', 'deflate', 'br'].map((coding) => ({
    name: `secret in ${coding}`,
    ends: 'either',
    makes: ({ good, secret }) => {
      const pack = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[coding];
      return { body: pack(JSON.stringify({ ...good, Echo: base64(secret) })), headers: { 'content-encoding': coding } };
    },
  })),
  {
    name: 'secret in a refusal',
    ends: 'stop',
    makes: ({ secret, key }) => ({
      status: 401,
      body: JSON.stringify({ Message: `${'x'.repeat(190)}${secret} ${base64(key)}` }),
    }),
  },
  {
    name: 'secret in an error of the server',
    ends: 'stop',
    makes: ({ secret }) => ({ status: 400, body: `<b>${encodings['entities-decimal'](secret)}</b> ${secret}` }),
  },
  {
    name: 'secret in a redirect',
    ends: 'stop',
    makes: ({ secret, key }) => ({
      status: 302,
      headers: { location: `http://127.0.0.1:9/?k=${percent(key)}` },
      body: secret,
    }),
  },
  {
    name: 'secret in a code of its own',
    ends: 'stop',
    makes: ({ secret }) => json({ Status: secret, Message: base64(secret) }),
  },
];

/** @type {Kind[]} */
const shapes = [
  { name: 'empty', ends: 'aside', makes: () => ({ body: '' }) },
  { name: 'no JSON', ends: 'aside', makes: () => ({ body: 'later' }) },
  { name: 'a web page', ends: 'aside', makes: () => ({ body: '<html><body>please log in</body></html>' }) },
  { name: 'cut JSON', ends: 'aside', makes: ({ good }) => ({ body: JSON.stringify(good).slice(0, -3) }) },
  { name: 'null', ends: 'aside', makes: () => json(null) },
  { name: 'a list', ends: 'aside', makes: () => json([[1]]) },
  { name: 'a number', ends: 'aside', makes: () => ({ body: '1e999' }) },
  { name: 'no code', ends: 'aside', makes: ({ good: { Status: _, ...rest } }) => json(rest) },
  {
    name: 'rows are a text',
    ends: 'aside',
    makes: (given) => beside(given, { Status: '200', Result: 'rows', Paging: { TotalRecords: 3 } }),
  },
  {
    name: 'rows are texts',
    ends: 'aside',
    makes: (given) => beside(given, { Status: '200', Result: ['a', 'b'], Paging: { TotalRecords: 2 } }),
  },
  {
    name: 'rows are null',
    ends: 'aside',
    makes: (given) => beside(given, { Status: '200', Result: [null], Paging: { TotalRecords: 1 } }),
  },
  {
    name: 'rows are lists',
    ends: 'aside',
    makes: (given) => beside(given, { Status: '200', Result: [[]], Paging: { TotalRecords: 1 } }),
  },
  {
    name: 'a total below none',
    ends: 'aside',
    makes: (given) => beside(given, { Status: '200', Result: [], Paging: { TotalRecords: -1 } }),
  },
  {
    name: 'a broken total',
    ends: 'aside',
    makes: (given) => beside(given, { Status: '200', Result: [], Paging: { TotalRecords: 1.5 } }),
  },
  {
    name: 'a total of words',
    ends: 'aside',
    makes: (given) => beside(given, { Status: '200', Result: [], Paging: { TotalRecords: 'many' } }),
  },
  {
    name: 'deep lists',
    ends: 'aside',
    makes: () => ({
      body: `{"Status":"200","Paging":{"TotalRecords":1},"Result":[{"Scope":${'['.repeat(2e5)}${']'.repeat(2e5)}}]}`,
    }),
  },
  {
    name: 'deep mappings',
    ends: 'aside',
    makes: () => ({ body: `${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}` }),
  },
  {
    name: '__proto__ in everything',
    ends: 'either',
    makes: ({ good }) => ({
      body: JSON.stringify({ ...good, x: 1 }).replace(
        '"x":1',
        '"__proto__":{"Status":"201","polluted":true},"constructor":{"prototype":{"polluted":true}}',
      ),
    }),
  },
  {
    name: 'large',
    ends: 'aside',
    makes: ({ good }) => ({ body: JSON.stringify({ ...good, Pad: 'x'.repeat(34 * 2 ** 20) }) }),
  },
  {
    name: 'large once unpacked',
    ends: 'aside',
    makes: ({ good }) => ({
      body: gzipSync(JSON.stringify({ ...good, Pad: 'x'.repeat(40 * 2 ** 20) })),
      headers: { 'content-encoding': 'gzip' },
    }),
  },
  { name: 'without end', ends: 'aside', makes: () => ({ endless: 'fast' }) },
  {
    name: 'bytes that are no text',
    ends: 'aside',
    makes: () => ({ body: Buffer.from([0x7b, 0xff, 0xfe, 0x80, 0x7d]) }),
  },
  {
    name: 'UTF-16 that is not said',
    ends: 'aside',
    makes: ({ good }) => ({ body: Buffer.from(`\ufeff${JSON.stringify(good)}`, 'utf16le') }),
  },
  {
    name: 'an unknown character set',
    ends: 'aside',
    makes: ({ good }) => ({
      body: JSON.stringify(good),
      headers: { 'content-type': 'application/json; charset=klingon' },
    }),
  },
];

/** Every kind. @type {readonly Kind[]} */
export const kinds = [...echoes, ...places, ...shapes];

/**
 * Answers of a kind written to the network.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {Hostile} hostile
 */
export function send(response, { status = 200, headers = {}, body = '', endless }) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  if (endless === undefined) {
    response.end(body);
    return;
  }
  response.on('error', () => undefined);
  const chunk = Buffer.alloc(1 << 16, 0x20);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

/** Forms of a secret that must stand nowhere; what is searched for is written here without the program's own reader. */
export function formsOf(secret) {
  const names = Object.keys(encodings).filter((name) => !['escapes-slash', 'base64-inside-word'].includes(name));
  const inner = (text) => text.replace(/^.{4}|.{4}=*$/g, '');
  return names.flatMap((name) => {
    const text = encodings[name](secret);
    const form = name.startsWith('base64') || name === 'basic-header' ? inner(text) : text;
    return [form, JSON.stringify(form).slice(1, -1)];
  });
}
