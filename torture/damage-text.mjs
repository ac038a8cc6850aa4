const CELLS = [
  ...[
    '',
    ' ',
    'NA',
    '.',
    'NaN',
    'Inf',
    '1e999',
    '-0',
    '0x1F',
    '1,5',
    '1.234,5',
    '１２',
    '=1+1',
    '@x',
    '__proto__',
    'constructor',
  ],
  ...[
    '"',
    '""',
    '"a',
    'a"b',
    "'",
    '\\',
    '\0',
    '\u202e',
    '\ud800',
    '2003-01-01',
    '9'.repeat(400),
    'x'.repeat(70_000),
    '007',
    '1e3',
  ],
];

/** Faults of one line. */
const LINE_FAULTS = {
  'a cell': (line, { pick }) => withCell(line, pick),
  'a cell more': (line, { pick }) => line + pick([',', ';', '\t', ',,,,,,', ',x,y']),
  'a quote opened': (line, { whole }) => putIn(line, whole, '"'),
  'a NUL': (line, { whole }) => putIn(line, whole, '\0'.repeat(1 + whole(9))),
  'very many cells': (line) => `${line}${',1'.repeat(30_000)}`,
  'a very long cell': (line) => `${line},"${'long text '.repeat(200_000)}"`,
  'many blank lines': (line) => line + '\n'.repeat(100_000),
  'many quotes': (line) => line + '"'.repeat(100_001),
  'many separators': (line) => line + ',\n'.repeat(50_000),
  'a line twice': (line) => `${line}\n${line}`,
};

/** Faults of the header. */
const HEADER_FAULTS = {
  'the header blank': (header) => header.replace(/[^,;\t]+/g, ''),
  'a name twice': (header) => header.replace(/^([^,;\t]*)([,;\t])[^,;\t]*/, '$1$2$1'),
  'a name of the header': (header, { pick }) => withCell(header, pick),
};

/** Faults of a table as its lines. */
const TABLE_FAULTS = {
  'all lines twice': (lines) => [...lines, ...lines],
  'a line out': (lines, { whole }) => lines.toSpliced(whole(lines.length), 1),
  'the header out': (lines) => lines.slice(1),
  'the header again': (lines, { whole }) => lines.toSpliced(whole(lines.length), 0, lines[0]),
  'the header alone': (lines) => lines.slice(0, 1),
  nothing: () => [''],
  'other separators': (lines, { pick }) => {
    const other = pick([';', '|', '\t', ' ', ':', '\u0001', '，']);
    return lines.map((line, i) => (i % 2 === 1 ? line.replaceAll(/[,;\t]/g, other) : line));
  },
  'other line ends': (lines, { pick }) => [lines.join(pick(['\r', '\r\n', '\n\n\n', '\u2028', '\v', '\0\n']))],
  'titles above': (lines, { pick }) => {
    return [pick(['Table 1', '表1 主要指标', 'sep=;', '"', '#', ' ', 'a,b,c,d,e,f,g,h']), '', ...lines];
  },
  'notes below': (lines, { pick }) => [...lines, '', pick(['Source: x', '注：数据来源', '(60 rows)', '"open'])],
  'a very wide table': (lines) =>
    lines.map((line, i) => {
      const more = Array.from({ length: 1500 }, (_, j) => (i === 0 ? `c${j}` : '1'));
      return `${line},${more.join(',')}`;
    }),
};
const FAULTS = [LINE_FAULTS, HEADER_FAULTS, TABLE_FAULTS].flatMap((faults) => Object.keys(faults));

function withCell(line, pick) {
  const cells = line.split(/([,;\t])/);
  const places = cells.flatMap((cell, i) => (/^[,;\t]$/.test(cell) ? [] : [i]));
  cells[pick(places)] = pick(CELLS);
  return cells.join('');
}

export function putIn(line, whole, text) {
  const at = whole(line.length + 1);
  return line.slice(0, at) + text + line.slice(at);
}

/**
 * A table as text with faults of its lines and cells.
 *
 * @param {string} text
 * @param {import('./contract.mjs').Tools} tools
 * @param {string[]} told
 */
export function damageText(text, tools, told) {
  let lines = text.split('\n');
  for (let count = 1 + tools.whole(3); count > 0 && lines.length > 0; count--) {
    const name = tools.pick(FAULTS);
    told.push(name);
    const at = tools.whole(lines.length);
    if (name in TABLE_FAULTS) lines = TABLE_FAULTS[name](lines, tools);
    else if (name in HEADER_FAULTS) lines = lines.with(0, HEADER_FAULTS[name](lines[0], tools));
    else lines = lines.with(at, LINE_FAULTS[name](lines[at], tools));
  }
  return lines.join('\n');
}
