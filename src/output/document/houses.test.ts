import { expect, test } from 'vitest';
import { houseStyles } from '../format/house/catalog.ts';
import { type Language, languages } from '../format/text-key.ts';
import { readLayout } from '../layout/read.ts';
import { regressionTable } from '../table/regression/regression-table.ts';
import { docxText, xlsxText } from '../testing/archive-text.ts';
import { publishedModel } from '../testing/published-tables.ts';
import { blockDocument } from './blocks.ts';
import type { TableBlock } from './contract.ts';
import { printDocument } from './print-document.ts';
import type { DocumentFormat } from './printers.ts';

/* One small table in every format, language and house style: of each format and language a file, the first house in full, of the others the lines that differ, or all where most do. */

const writers = [
  'text',
  'md',
  'tex',
  'html',
  'typst',
  'docx',
  'xlsx',
  'csv',
] as const satisfies readonly DocumentFormat[];

async function printed(
  format: DocumentFormat,
  language: Language,
  style: (typeof houseStyles)[number],
  known: string[],
): Promise<string> {
  const layout = readLayout({
    style: style.id,
    title: { en: 'Baseline results', zh: '基准回归结果' },
    rename: { ai: { en: 'AI', zh: '人工智能' }, pop: { en: 'Population', zh: '人口' } },
    spanners: [{ label: { en: 'Within', zh: '组内' }, columns: '2' }],
    fit: 'nobs, r2',
    notes: { en: 'Numbers of the paper.', zh: '论文中的数字。' },
  });
  const table = regressionTable({
    ...{ id: 'table3', number: '3', title: '', terms: [], notes: [], isSynthetic: false, layout },
    columns: [1, 2].map((column) => ({ label: `(${column})`, model: publishedModel(column) })),
    fixedEffects: [{ effect: 'year', label: { en: 'Year effects', zh: '年份固定效应' } }],
    ...{ outcome: 'CP', r2: 'overall', statistic: 't' },
  });
  const block: TableBlock = { kind: 'table', table, asked: layout, house: style };
  const content = await printDocument(blockDocument(block), format, { language });
  if (typeof content === 'string') return content;
  return format === 'docx' ? docxText(content, known) : xlsxText(content);
}

/** Lines of `after` that `before` lacks with +, those that it has alone with -, in their order; with where they stand in `before`. */
function changes(before: readonly string[], after: readonly string[]): readonly string[] {
  // Lengths of the longest common part of what is left of both.
  const length = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      length[i][j] = before[i] === after[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) [i, j] = [i + 1, j + 1];
    else if (j >= after.length || (i < before.length && length[i + 1][j] >= length[i][j + 1])) {
      lines.push(`${i + 1} - ${before[i]}`);
      i += 1;
    } else {
      lines.push(`${i + 1} + ${after[j]}`);
      j += 1;
    }
  }
  return lines;
}

test.each(languages.flatMap((language) => writers.map((format) => [format, language] as const)))(
  '%s in %s, every house',
  async (format, language) => {
    // Properties of docx by their numbers, the same in every house.
    const known: string[] = [];
    const all: string[] = [];
    for (const style of houseStyles) all.push(await printed(format, language, style, known));
    const [first = []] = all.map((text) => text.split('\n'));
    const parts = houseStyles.map(({ id }, k) => {
      const lines = (all[k] ?? '').split('\n');
      const changed = changes(first, lines);
      return [`==== ${id}`, ...(k === 0 || changed.length > lines.length ? lines : changed)].join('\n');
    });
    if (known.length > 0) parts.push(...known.map((block, i) => `{${i + 1}} ${block}`));
    await expect(`${parts.join('\n')}\n`).toMatchFileSnapshot(`golden/houses.${language}.${format}.txt`);
  },
);
