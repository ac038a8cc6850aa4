import { formatCount } from '../../format/format-number.ts';
import { publishedStyle } from '../../format/number-style.ts';
import {
  type ComparisonRow,
  comparisonTable,
  comparisonVerdicts,
  countVerdicts,
} from '../../table/comparison-table.ts';
import { type TruthRow, truthTable } from '../../table/truth-table.ts';
import { say } from '../bilingual.ts';
import { tableInEach } from './results.ts';

const count = (value: number): string => formatCount(value, publishedStyle);

/** Printed against obtained numbers: counts a table, every number folded below. */
export function comparisonSection(rows: readonly ComparisonRow[], isSynthetic: boolean): string {
  const tables = [...new Set(rows.map((row) => row.table))];
  const line = (label: string, own: readonly ComparisonRow[], kind = ''): string => {
    const counts = countVerdicts(own);
    const cells = comparisonVerdicts.map((verdict) => `<td class="num">${count(counts[verdict])}</td>`);
    return `<tr${kind}><th scope="row">${label}</th><td class="num">${count(own.length)}</td>${cells.join('')}</tr>`;
  };
  const head = comparisonVerdicts.map(
    (verdict) => `<th scope="col" class="num">${say({ key: `verdict.${verdict}` })}</th>`,
  );
  return [
    `<p>${say({ key: isSynthetic ? 'comparison.intro_synthetic' : 'comparison.intro', values: { count: rows.length } })}</p>`,
    '<div class="scroll" tabindex="0">',
    '<table class="kaya-table">',
    `<caption>${say({ key: 'comparison.summary' })}</caption>`,
    `<thead><tr><td></td><th scope="col" class="num">${say({ key: 'comparison.numbers' })}</th>${head.join('')}</tr></thead>`,
    '<tbody>',
    ...tables.map((table) =>
      line(
        say({ key: 'comparison.of_table', values: { table } }),
        rows.filter((row) => row.table === table),
      ),
    ),
    tables.length > 1 ? line(say({ key: 'comparison.all' }), rows, ' class="ruled"') : '',
    '</tbody>',
    '</table>',
    '</div>',
    '<details>',
    `<summary>${say({ key: 'comparison.every', values: { count: rows.length } })}</summary>`,
    tableInEach(comparisonTable(rows, { id: 'comparison', number: '', isSynthetic })),
    '</details>',
  ]
    .filter((text) => text !== '')
    .join('\n');
}

/** Parameters that the simulation chose against their estimates. */
export function truthSection(rows: readonly TruthRow[]): string {
  const known = rows.filter((row) => row.covers !== null);
  const covered = known.filter((row) => row.covers === true).length;
  return [
    `<p>${say({ key: 'truth.intro' })} ${say({ key: 'truth.coverage', values: { covered, count: known.length } })}</p>`,
    tableInEach(truthTable(rows, { id: 'truth', number: '' })),
  ].join('\n');
}
