import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser, parseHTML } from 'linkedom';
import { faultOf } from '../contract.mjs';
import { everyExhibit } from '../every-exhibit.mjs';
import { faultOfOffice } from '../office-faults.mjs';

/** Pieces that a spreadsheet, a page, LaTeX, Markdown, a terminal or JavaScript acts on. */
const PIECES = [
  ...[
    '=',
    '+',
    '-',
    '@',
    "'",
    '|',
    '`',
    '*',
    '#',
    '\\',
    '[',
    ']',
    '{',
    '$',
    '%',
    '&',
    '~',
    '^',
    '<',
    '>',
    ' ',
    'a',
    '中',
  ],
  ...[
    '</script>',
    '</style>',
    '<img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '=cmd|x!A1',
    '\\input{x}',
    '[2pt]',
  ],
  ...['"', '" onload="x', '&lt;', '-->', ']]>', '+1+', '\t=1', '- '],
  ...['\u001b[2J', '\u009b31m', '\u0007', '\u007f', '\u202e', '\u2066', '__proto__', 'constructor', 'toString'],
];
/** What a terminal acts on: controls but tab and line ends, marks of direction. */
const ACTING = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
/** Fields of a csv file. */
const fieldsOf = (text) =>
  [...text.matchAll(/(?:^|[,\n])(?:"((?:[^"]|"")*)"|([^",\n]*))/g)].map(([, quoted, plain]) => {
    return (quoted ?? plain ?? '').replaceAll('""', '"');
  });
const isFormula = (field) => /^[=+\-@\t\r]/.test(field) && !Number.isFinite(Number(field));

export const trial = {
  name: 'text',
  promise: 'names and labels of others stand in what is printed and do nothing',
  unit: 'commands and studies',
  goal: 200,
  /** Hostile names of a column, a label, a title and the groups of a split, through a command of any format or a whole study. */
  async attempt({ random, whole, pick, folder, kaya }) {
    const hostile = () => Array.from({ length: 1 + whole(4) }, () => pick(PIECES)).join('');
    // Blanks around a name are no part of it, and a formula has no way to write a backquote in one.
    const [column, group] = [`${hostile().replaceAll('`', '')}x`.trim(), hostile()];
    const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
    const second = `${column}2`;
    const lines = [['id', 'year', 'y', quoted(column), 'g', quoted(second), 'w', 'first'].join(',')];
    for (let i = 0; i < 72; i++) {
      const id = i % 12;
      const cells = [id, 2000 + Math.floor(i / 12), random().toFixed(4), random().toFixed(4)];
      const more = [random().toFixed(4), random().toFixed(4), id % 3 === 0 ? '' : 2002 + (id % 3)];
      lines.push([...cells, quoted(id % 2 === 0 ? group : 'other'), ...more].join(','));
    }
    writeFileSync(join(folder, 'data.csv'), `${lines.join('\n')}\n`);
    const name = `\`${column}\``;
    if (random() < 0.7) {
      const format = pick(['text', 'csv', 'md', 'tex', 'html', 'json']);
      const run = await kaya(['reg', 'data.csv', `y ~ ${name} | id`, '--split', 'g', '--format', format], {
        cwd: folder,
      });
      if (run.code !== 0) return faultOf(run) ?? `a name was refused: ${run.stderr.slice(-300)}`;
      return (
        faultOf(run) ?? faultOfText(run.stderr, 'text') ?? faultOfText(format === 'json' ? '' : run.stdout, format)
      );
    }
    const study = {
      ...{ kaya: 1, id: 's', title: hostile(), data: { panel: 'data.csv' }, panel: { unit: 'id', time: 'year' } },
      labels: { y: hostile(), w: hostile() },
      ...everyExhibit({ x: column, z: second, g: 'g' }, hostile),
    };
    mkdirSync(join(folder, 'study'));
    writeFileSync(join(folder, 'study', 'data.csv'), `${lines.join('\n')}\n`);
    writeFileSync(join(folder, 'study', 'study.yaml'), JSON.stringify(study));
    const run = await kaya(['study', 'run', 'study', '--out', 'out'], { cwd: folder });
    const fault = faultOf(run) ?? faultOfText(run.stderr, 'text');
    if (fault !== undefined || run.code !== 0) return fault ?? `a study was refused: ${run.stderr.slice(-300)}`;
    for (const part of ['tables', 'figures'])
      for (const file of readdirSync(join(folder, 'out', part))) {
        const wrong = faultOfFile(readFileSync(join(folder, 'out', part, file)), file.slice(file.lastIndexOf('.') + 1));
        if (wrong !== undefined) return `${file}: ${wrong}`;
      }
    const word = faultOfFile(readFileSync(join(folder, 'out', 'report.docx')), 'docx');
    if (word !== undefined) return `report.docx: ${word}`;
    return faultOfPage(readFileSync(join(folder, 'out', 'report.html'), 'utf8'));
  },
};

/** An element or an attribute of theirs in a page. */
function faultOfPage(text) {
  const { document } = parseHTML(text);
  const found = document.querySelector(
    'img[src="x"], [onerror], [onload], a[href^="javascript"], iframe, object, embed',
  );
  return found === null ? undefined : `an element of theirs in html: ${found.outerHTML.slice(0, 200)}`;
}

/** What is no figure, or an element or an attribute of theirs in one. */
function faultOfFigure(text) {
  const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
  if (documentElement?.localName !== 'svg') return `no figure: ${text.slice(0, 200)}`;
  const found = documentElement.querySelector('script, image, foreignObject, [onload], [onerror], a');
  return found === null ? undefined : `an element of theirs in a figure: ${found.outerHTML.slice(0, 200)}`;
}

/** What acts in a file of a study. Pictures of points hold no text of theirs. */
function faultOfFile(bytes, format) {
  if (format === 'png') return bytes.toString('latin1', 1, 4) === 'PNG' ? undefined : 'no picture';
  if (format === 'docx' || format === 'xlsx') return faultOfOffice(bytes, format, actingCharacter);
  return faultOfText(bytes.toString('utf8'), format);
}

/** The first character of a text that a terminal acts on. */
function actingCharacter(text) {
  const acting = ACTING.exec(text);
  return acting === null ? undefined : `U+${acting[0].codePointAt(0).toString(16)}`;
}

function faultOfText(text, format) {
  const acting = actingCharacter(text);
  if (acting !== undefined) return `${acting} in ${format}`;
  const formula = format === 'csv' ? fieldsOf(text).find(isFormula) : undefined;
  if (formula !== undefined) return `a formula in csv: ${JSON.stringify(formula)}`;
  if (format === 'md' && /(?<!\\)<(?:img|\/?script|\/?style)/i.test(text)) return 'an element of theirs in Markdown';
  if (format === 'html') return faultOfPage(text);
  if (format === 'svg') return faultOfFigure(text);
  if (format === 'tex' && /\\\\\s*\n\s*[[*]/.test(text)) return 'an argument of a row in LaTeX';
  return undefined;
}
