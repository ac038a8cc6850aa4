import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
