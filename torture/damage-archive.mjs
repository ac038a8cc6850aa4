import { damageBytes } from './damage-bytes.mjs';
import { putIn } from './damage-text.mjs';
import { partsOf, zipOf } from './zip.mjs';

/** What is put into the XML of a part. */
const XML_SCRAPS = [
  ...[
    '<',
    '>',
    '&',
    '&amp;amp;',
    '&x;',
    '&#0;',
    '&#xD800;',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?',
    '</row>',
    '<row>',
    '</c>',
  ],
  ...['<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>', '<c t="s"><v>999999999</v></c>'],
  ...[
    '<c r="XFD1048576"><v>1</v></c>',
    '<c r="ZZZZ99999999"><v>1</v></c>',
    '<row r="0"/>',
    '<row r="-1"/>',
    '<row r="1e9"/>',
  ],
  ...[
    '<mergeCell ref="A1:XFD1048576"/>',
    '<si/>',
    '<c t="e"><v>#REF!</v></c>',
    '<c t="b"><v>7</v></c>',
    '<c t="d"><v>x</v></c>',
  ],
  ...[
    '<c><f>1/0</f></c>',
    '\0',
    '\ufeff',
    '\ud800',
    '<a>'.repeat(50_000),
    '<a b="'.repeat(2000),
    '城市'.repeat(20_000),
  ],
];
const NUMBERS = [
  '0',
  '-1',
  '1',
  '2147483648',
  '4294967295',
  '99999999999999999999',
  '1e308',
  'NaN',
  '',
  'x',
  '1048577',
  '0x10',
];

const XML_FAULTS = {
  'put in': (text, { whole, pick }) => putIn(text, whole, pick(XML_SCRAPS)),
  'put between tags': (text, { pick }) => replaceOne(text, /></g, pick, () => `>${pick(XML_SCRAPS)}<`),
  'a number': (text, { pick }) => replaceOne(text, /\d+/g, pick, () => pick(NUMBERS)),
  'an attribute out': (text, { pick }) => replaceOne(text, / [\w:]+="[^"]*"/g, pick, () => ''),
  'a tag out': (text, { pick }) => replaceOne(text, /<[^>]*>/g, pick, () => ''),
  'a tag twice': (text, { pick }) => replaceOne(text, /<[^>]*>/g, pick, (tag) => tag + tag),
  'a tag another': (text, { pick }) =>
    replaceOne(text, /<\w+/g, pick, () => pick(['<x', '<c', '<row', '<table:table-row'])),
  'a far cell': (text, { pick }) =>
    replaceOne(
      text,
      /r="[A-Z]+\d+"/g,
      pick,
      () => `r="${pick(['XFD1', 'A1048576', 'XFD1048576', 'XFE1', 'A0', '1A'])}"`,
    ),
  'many repeats': (text, { pick }) =>
    replaceOne(text, /<(?:table:table-row|table:table-cell)/g, pick, (tag) => {
      const what = tag.endsWith('row') ? 'rows' : 'columns';
      return `${tag} table:number-${what}-repeated="${pick([1000, 16_384, 1_048_576, 2_000_000_000])}"`;
    }),
  'many rows': (text, { pick }) => {
    const rows = '<row><c><v>1</v></c></row>'.repeat(pick([1000, 60_000]));
    return replaceOne(
      text,
      /<row[ >]/g,
      pick,
      (tag) => `${rows}<row><c r="${pick(['XFD', 'ZZ'])}1"><v>1</v></c></row>${tag}`,
    );
  },
  'many open tags': (text, tools) => putIn(text, tools.whole, tools.pick(['<a b="', '<td ', '<']).repeat(100_000)),
  'cut off': (text, { whole }) => text.slice(0, whole(text.length)),
  'another encoding': (text, { pick }) =>
    pick([(one) => `\ufeff${one}`, (one) => one.replace(/encoding="[^"]*"/, 'encoding="utf-16"')])(text),
};

function replaceOne(text, pattern, pick, make) {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { 0: old, index } = pick(found);
  return text.slice(0, index) + make(old) + text.slice(index + old.length);
}

/** Faults of what an archive says about a part, or of the part as a whole. */
const PART_FAULTS = {
  renamed: (_, { pick }) => {
    const name = pick(['../../x.xml', '/etc/passwd', 'XL/WORKBOOK.XML', '', 'a'.repeat(60_000), 'xl\\workbook.xml']);
    return { name };
  },
  'of another': (_, { pick }, parts) => ({ content: pick(parts).content }),
  empty: () => ({ content: Buffer.alloc(0) }),
  'a false size': ({ content: { length } }, { pick }) => {
    return { declared: Math.max(0, pick([0, 1, length - 1, length + 1, 0xffff_ffff, 0xffff_fff0])) };
  },
  'a false packed size': (_, { pick }) => ({ packed: pick([0, 1, 0xffff_ffff, 100_000]) }),
  'a false place': (_, { pick }) => ({ offset: pick([0, 1, 0xffff_ffff, 40]) }),
  'a false sum': () => ({ crc: 1 }),
  'another method': (_, { pick }) => ({ method: pick([0, 1, 9, 12, 14, 99]) }),
  encrypted: () => ({ flags: 1 }),
  'a bomb': (_, { pick, random }) => {
    const content = Buffer.alloc(pick([8, 64]) * 2 ** 20, pick([' ', '<', '<c/>', 'a']));
    return { content, ...(random() < 0.5 ? { declared: 1000 } : {}) };
  },
};

/** Faults of the list of parts. */
const LIST_FAULTS = {
  out: (parts, at) => parts.toSpliced(at, 1),
  twice: (parts, at) => [...parts, parts[at]],
  'thousands of parts': (parts) => [
    ...parts,
    ...Array.from({ length: 5000 }, (_, i) => ({ name: `p${i}`, content: Buffer.alloc(1) })),
  ],
};
const ABOUT_PARTS = [...Object.keys(PART_FAULTS), ...Object.keys(LIST_FAULTS)];

/**
 * An archive (xlsx, ods) with faults of its parts: of their XML, their bytes, and what the archive says about them.
 *
 * @param {Buffer} bytes  a sound archive
 * @param {import('./contract.mjs').Tools} tools
 * @param {string[]} told
 */
export function damageArchive(bytes, tools, told) {
  let parts = partsOf(bytes);
  for (let count = 1 + tools.whole(2); count > 0 && parts.length > 0; count--) {
    const at = tools.whole(parts.length);
    const part = parts[at];
    const how = tools.random();
    const name = tools.pick(how < 0.6 ? Object.keys(XML_FAULTS) : ABOUT_PARTS);
    if (how >= 0.6 && how < 0.7 && part.content.length > 0) {
      told.push(part.name.slice(0, 60));
      parts = parts.with(at, { ...part, content: damageBytes(part.content, tools, told) });
      continue;
    }
    told.push(`${part.name.slice(0, 60)}: ${name}`);
    if (how < 0.6)
      parts = parts.with(at, { ...part, content: Buffer.from(XML_FAULTS[name](part.content.toString(), tools)) });
    else if (name in LIST_FAULTS) parts = LIST_FAULTS[name](parts, at);
    else parts = parts.with(at, { ...part, ...PART_FAULTS[name](part, tools, parts) });
  }
  return zipOf(parts);
}

/** XML or HTML outside an archive. */
export function damageMarkup(text, tools, told) {
  const name = tools.pick(Object.keys(XML_FAULTS));
  told.push(name);
  return XML_FAULTS[name](text, tools);
}
