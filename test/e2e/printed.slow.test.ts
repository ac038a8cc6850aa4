import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { printDocument } from '../../src/output/document/print-document.ts';
import { formatTable } from '../../src/output/format/format-table.ts';
import { houseStyles } from '../../src/output/format/house/catalog.ts';
import { languages } from '../../src/output/format/text-key.ts';
import { readLayout } from '../../src/output/layout/read.ts';
import { regressionTable } from '../../src/output/table/regression/regression-table.ts';
import { publishedModels, termLabels } from '../../src/output/testing/published-tables.ts';

/* What is printed is opened by the programs that it is for, where a machine has them. */

const folder = mkdtempSync(join(tmpdir(), 'kaya-printed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, options: readonly string[]): { status: number | null; out: string } {
  const { status, stdout } = spawnSync(program, [...options], { cwd: folder, encoding: 'utf8', timeout: 120_000 });
  return { status, out: stdout ?? '' };
}

const has = (program: string, option = '--version'): boolean => spawnSync(program, [option]).status === 0;
const hasFile = (name: string): boolean => run('kpsewhich', [name]).status === 0;
const latexReason =
  has('pdflatex') && hasFile('threeparttable.sty') && hasFile('siunitx.sty')
    ? null
    : 'no pdflatex with threeparttable and siunitx';
const chineseReason =
  has('xelatex') && hasFile('ctex.sty') && run('fc-list', ['Noto Serif CJK SC']).out !== ''
    ? null
    : 'no xelatex with ctex and Noto Serif CJK SC';
const officeReason = has('soffice') && has('pdftotext', '-v') ? null : 'no soffice or pdftotext';

/** Six models with heads over columns, long names and a style. */
function documentOf(style: string, siunitx: boolean) {
  const layout = readLayout({
    style,
    siunitx,
    title: 'A title with & % _ # and $',
    spanners: 'First three = 1-3; Others of a long name = 4-6',
    group: 'Controls = pop, ope, gov',
    rename: 'fi = A rather long name of a variable',
  } as Parameters<typeof readLayout>[0]); // the style is one of the catalog
  const table = regressionTable({
    id: 'models',
    number: '3',
    title: '',
    columns: publishedModels.map((model, i) => ({ label: `(${i + 1})`, model })),
    terms: termLabels,
    r2: 'xtreg_within',
    statistic: 't',
    fixedEffects: [{ effect: 'year', label: { en: 'year effects', zh: '年份固定效应' } }],
    outcome: 'CP',
    notes: [{ en: 'A note.', zh: '一条说明。' }],
    isSynthetic: true,
    layout,
  });
  const block = { kind: 'table', table, asked: layout, house: layout.house } as const;
  return { table, house: layout.house, document: { title: '', blocks: [block], data: {} } };
}

const styles = houseStyles.map(({ id }) => id);

test.for(styles)('LaTeX of style %s compiles and fits its line', async (style, { skip }) => {
  if (latexReason !== null) skip(latexReason);
  for (const siunitx of [false, true]) {
    const name = `${style}-${siunitx ? 's' : 'p'}`;
    const tex = await printDocument(documentOf(style, siunitx).document, 'tex', { language: 'en' });
    const preamble = '\\documentclass{article}\\usepackage{booktabs,threeparttable,graphicx,siunitx}';
    writeFileSync(join(folder, `${name}.tex`), `${preamble}\\begin{document}\n${String(tex)}\\end{document}\n`);
    const { status, out } = run('pdflatex', ['-interaction=nonstopmode', `${name}.tex`]);
    expect([name, status, /^!.*/m.exec(out)?.[0] ?? null]).toEqual([name, 0, null]);
    const over = [...out.matchAll(/Overfull \\hbox \(([\d.]+)pt/g)].map(([, points]) => Number(points));
    expect([name, over.filter((points) => points > 20)]).toEqual([name, []]);
  }
});

test('LaTeX in Chinese compiles', async ({ skip }) => {
  if (chineseReason !== null) skip(chineseReason);
  const tex = await printDocument(documentOf('jingji-yanjiu', false).document, 'tex', { language: 'zh' });
  const preamble =
    '\\documentclass{article}\\usepackage{booktabs,threeparttable,graphicx}\\usepackage[fontset=none]{ctex}\\setCJKmainfont{Noto Serif CJK SC}';
  writeFileSync(join(folder, 'zh.tex'), `${preamble}\\begin{document}\n${String(tex)}\\end{document}\n`);
  const { status, out } = run('xelatex', ['-interaction=nonstopmode', 'zh.tex']);
  expect([status, /^!.*/m.exec(out)?.[0] ?? null]).toEqual([0, null]);
});

test.for(languages)('docx opens in Writer, and every number of it is on the page (%s)', async (language, { skip }) => {
  if (officeReason !== null) skip(officeReason);
  const { document, table, house } = documentOf('qje', false);
  writeFileSync(join(folder, `${language}.docx`), await printDocument(document, 'docx', { language }));
  expect(run('soffice', ['--headless', '--convert-to', 'pdf', `${language}.docx`]).status).toBe(0);
  run('pdftotext', ['-layout', `${language}.pdf`, `${language}.txt`]);
  const text = readFileSync(join(folder, `${language}.txt`), 'utf8');
  const { rows } = formatTable(table, language, house?.numbers, house);
  for (const { cells } of rows) for (const cell of cells) expect(text).toContain(cell.text + cell.hang);
});

/** Rules above and below the cells of each row of the first table of an odt file; a row whose cells differ says so. */
function rulesOfRows(bytes: Uint8Array): readonly string[] {
  const xml = strFromU8(unzipSync(bytes)['content.xml'] ?? new Uint8Array());
  const styles = new Map(
    [...xml.matchAll(/style:name="([^"]+)" style:family="table-cell"><style:table-cell-properties([^>]*)>/g)].map(
      ([, name, properties = '']) => [name, properties] as const,
    ),
  );
  return [...xml.matchAll(/<table:table-row[^>]*>(.*?)<\/table:table-row>/gs)].map(([, row = '']) => {
    const cells = [...row.matchAll(/<table:table-cell table:style-name="([^"]+)"/g)].map(([, name]) => {
      const own = styles.get(name) ?? '';
      const rule = (side: string): string => new RegExp(`fo:border-${side}="([^ "]+)`).exec(own)?.[1] ?? 'none';
      return `${rule('top')} ${rule('bottom')}`;
    });
    return [...new Set(cells)].join(' | ');
  });
}

test('a table that is pasted from HTML keeps its rules in Writer', async ({ skip }) => {
  if (officeReason !== null) skip(officeReason);
  const { document, table } = documentOf('frontiers', false);
  writeFileSync(join(folder, 'pasted.html'), String(await printDocument(document, 'html', { language: 'en' })));
  expect(run('soffice', ['--headless', '--writer', '--convert-to', 'odt', 'pasted.html']).status).toBe(0);
  const rules = rulesOfRows(readFileSync(join(folder, 'pasted.odt')));
  const heads = (table.spanners?.length ?? 0) + 1;
  const body = rules.slice(heads, heads + table.rows.length);
  // A thick rule above the heads, thin ones below what stands over columns and below the heads.
  expect(rules[0]).toBe('1.5pt none | 1.5pt 0.75pt');
  expect(rules[heads - 1]).toBe('none 0.75pt');
  expect(body.at(-1)).toBe('none 1.5pt');
  const ruled = table.rows.flatMap(({ ruled: isRuled }, i) => (isRuled === true && i > 0 ? [i] : []));
  expect(body.flatMap((one, i) => (one.startsWith('0.75pt') ? [i] : []))).toEqual(ruled);
});
