import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { visibleText } from '../../format/visible-text.ts';
import type { TableModel } from '../../table/contract.ts';
import { printNow, printTable } from '../../testing/print-now.ts';
import type { Document } from '../contract.ts';

/** Pieces that mean something to a spreadsheet, a page, LaTeX, Markdown, a terminal or an XML reader. */
const pieces = [
  ...[
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    "'",
    '"',
    ',',
    ';',
    '|',
    '`',
    '```',
    '~~',
    '*',
    '_',
    '#',
    '>',
    '1.',
    '2)',
    '---',
  ],
  ...[
    '\\',
    '\\\\',
    '\\[',
    '[',
    ']',
    '[2pt]',
    '{',
    '}',
    '$',
    '$$',
    '%',
    '&',
    '&amp;',
    '&#x3c;',
    '^',
    '~',
    '\\input{x}',
    '--',
    "''",
    '``',
    '?`',
  ],
  ...[
    '<',
    '</script>',
    '</style>',
    '<!--',
    ']]>',
    '<img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '](javascript:x)',
  ],
  ...[
    '\u001b[2J',
    '\u001b]0;x\u0007',
    '\u009b31m',
    '\u0000',
    '\u007f',
    '\u202e',
    '\u2066',
    '\ud800',
    '\udfff',
    '\ufffe',
    '\u2028',
  ],
  ...['__proto__', 'constructor', 'a', 'b c', '1', '0.5', '中文', 'é', '😀', ' '],
];
const hostile = fc
  .array(fc.oneof({ arbitrary: fc.constantFrom(...pieces), weight: 4 }, fc.string({ unit: 'binary', maxLength: 3 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''));

/** Space as a page has it: one between words, none at the ends. */
const spaced = (text: string): string => text.replace(/\s+/g, ' ').trim();

function tableOf([title, stub, column, label, cell, note]: readonly string[]): TableModel {
  return {
    ...{ id: 't', number: '1', title: title as string, stub: stub as string, isSynthetic: false },
    columns: [{ id: 'c', label: column as string }],
    rows: [
      {
        id: 'r',
        label: { kind: 'verbatim', text: label as string },
        cells: [{ kind: 'verbatim', text: cell as string }],
      },
      { id: 's', label: { kind: 'label', label: label as string }, cells: [{ kind: 'label', label: cell as string }] },
    ],
    notes: [note as string],
  };
}

const texts = fc.tuple(hostile, hostile, hostile, hostile, hostile, hostile);

function documentOf(text: string): Document {
  return {
    title: text,
    blocks: [
      { kind: 'heading', text },
      { kind: 'text', text },
      { kind: 'list', title: text, items: [text] },
      { kind: 'code', text },
      { kind: 'note', about: text },
      { kind: 'fold', heading: text, blocks: [{ kind: 'text', text }] },
    ],
    data: {},
  };
}

const formula = /^[=+\-@\t\r]/;
const numeric = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

test('csv: fields come back as they were, and none is a formula', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const fields: string[][] = parse(printTable(tableOf(all), 'csv', 'en'));
      for (const field of fields.flat()) expect(formula.test(field) && !numeric.test(field)).toBe(false);
      const unguarded = fields.map((row) => row.map((field) => field.replace(/^'(?=[=+\-@\t\r])/, '')));
      const [, stub, column, label, cell] = all.map((text) => visibleText(text).replace(/^'(?=[=+\-@\t\r])/, ''));
      expect(unguarded).toEqual([
        [stub, column],
        [label, cell],
        [label, cell],
      ]);
    }),
  );
});

/** Elements that the printer makes itself. */
const own = new Set(
  'html head meta title style body main table caption colgroup col thead tbody tfoot tr th td span p div code pre h1 h2 h3 ul ol li details summary strong em figure figcaption section'.split(
    ' ',
  ),
);

test('html: texts come back, and no element is theirs', () => {
  fc.assert(
    fc.property(texts, hostile, (all, text) => {
      const { document } = parseHTML(printTable(tableOf(all), 'html', 'en'));
      const cells = [...document.querySelectorAll('tbody td')].map((cell) => spaced(cell.textContent ?? ''));
      expect(cells).toEqual([all[4], all[4]].map((one) => spaced(visibleText(one))));
      const page = parseHTML(printNow(documentOf(text), 'html', 'en')).document;
      expect(spaced(page.querySelector('pre')?.textContent ?? '')).toBe(spaced(visibleText(text)));
      for (const element of [...document.querySelectorAll('*'), ...page.querySelectorAll('*')]) {
        expect(own).toContain(element.localName);
        for (const { name } of element.attributes) expect(name).not.toMatch(/^(on|href|src$)/);
      }
    }),
  );
});

/** Stands for a backslash until the commands are read. */
const backslash = '\uf8ff';

/** What a printed line says, read by LaTeX's rules for the commands that the printer uses. */
function readLatex(text: string): string {
  return text
    .replace(/\\rlap\{\)\}/g, ')')
    .replace(/\\textbackslash\{\}/g, backslash)
    .replace(/\\textasciitilde\{\}/g, '~')
    .replace(/\\textasciicircum\{\}/g, '^')
    .replace(/\$([<>|-])\$/g, '$1')
    .replace(/(?<!\\)\{\}/g, '')
    .replace(/\\([&%$#_{}])/g, '$1')
    .replaceAll(backslash, '\\');
}

/** Letters that LaTeX spells in its own way, as it spells them. */
const spelled = (text: string): string =>
  text.replace(/[\u2212\u2013\u2014\u2018\u2019\u201c\u201d\u00b2\u00d7\u00b7\u2264\u2265]/g, '');

test('latex: texts come back, and no row, item or paragraph is an argument', () => {
  fc.assert(
    fc.property(texts, hostile, (all, text) => {
      const printed = printTable(tableOf(all), 'tex', 'en');
      const rows = /\\midrule\n([\s\S]*?)\n {4}\\bottomrule/.exec(printed)?.[1]?.split('\n') ?? [];
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        const [label = '', cell = '', ...more] = row
          .slice(4)
          .replace(/ \\\\$/, '')
          .split(' & ');
        expect(more).toEqual([]);
        expect(spelled(spaced(readLatex(label)))).toBe(spelled(spaced(visibleText(all[3]))));
        expect(spelled(spaced(readLatex(cell)))).toBe(spelled(spaced(visibleText(all[4]))));
      }
      for (const line of [...printed.split('\n'), ...printNow(documentOf(text), 'tex', 'en').split('\n')]) {
        expect(line).not.toMatch(/^\s*[[*]|(\\\\|\\item|\\par) *[[*]/);
      }
    }),
  );
});

test('markdown: cells come back, and no line begins a block', () => {
  fc.assert(
    fc.property(texts, hostile, (all, text) => {
      const lines = printTable(tableOf(all), 'md', 'en').split('\n');
      const rows = lines.filter((line) => line.startsWith('| ')).slice(2);
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        const cells = row.split(/(?<!\\)(?:\\\\)*\|/).slice(1, -1);
        expect(cells).toHaveLength(2);
        const read = row.slice(2, -2).replace(/\\([!-/:-@[-`{-~])/g, '$1');
        expect(spaced(read)).toBe(spaced(`${spaced(visibleText(all[3]))} | ${spaced(visibleText(all[4]))}`));
      }
      const [, , paragraph = ''] = printNow(documentOf(text), 'md', 'en').split('\n');
      expect(paragraph).not.toMatch(/^\s*(#{1,6}(\s|$)|>|[-+*](\s|$)|-[-\s]*$|~|\d+[.)](\s|$)|`|<)/);
      expect(paragraph).not.toMatch(/(?<!\\)(?:\\\\)*[<`[\]&]/);
    }),
  );
});

test('text and errors hold nothing that a terminal acts on', () => {
  fc.assert(
    fc.property(texts, hostile, (all, text) => {
      for (const printed of [printTable(tableOf(all), 'text', 'en'), printNow(documentOf(text), 'text', 'zh')]) {
        expect(printed.replace(/[\t\n]/g, '')).not.toMatch(/[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u);
      }
    }),
  );
});
