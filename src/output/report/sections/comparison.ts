import type { Block } from '../../document/contract.ts';
import {
  type ComparisonRow,
  comparisonTable,
  comparisonVerdicts,
  countVerdicts,
} from '../../table/comparison-table.ts';
import type { TableModel, TableRow, Text } from '../../table/contract.ts';
import { counted, tableOf, words } from '../../table/parts.ts';
import { type TruthRow, truthTable } from '../../table/truth-table.ts';
import { elementIds } from '../element-ids.ts';

/** A section of blocks, as a report and a version of it show it. */
interface CountedSection {
  readonly id: string;
  readonly title: Text;
  readonly blocks: readonly Block[];
}

export function comparisonSection(
  rows: readonly ComparisonRow[],
  isSynthetic: boolean,
  hasSamplingError: boolean,
): CountedSection {
  const key = isSynthetic ? 'report.section_comparison_synthetic' : 'report.section_comparison';
  return { id: elementIds.comparison, title: { key }, blocks: comparisonBlocks(rows, isSynthetic, hasSamplingError) };
}

export function truthSection(rows: readonly TruthRow[], hasSamplingError: boolean): CountedSection {
  return { id: elementIds.truth, title: { key: 'report.section_truth' }, blocks: truthBlocks(rows, hasSamplingError) };
}

/** Printed against obtained numbers: counts a table, every number folded below. */
function comparisonBlocks(
  rows: readonly ComparisonRow[],
  isSynthetic: boolean,
  hasSamplingError: boolean,
): readonly Block[] {
  const values = { count: rows.length };
  const drawn = hasSamplingError ? 'comparison.intro_sampled' : 'comparison.intro_synthetic';
  const intro = isSynthetic ? drawn : 'comparison.intro';
  const whole = comparisonTable(rows, { id: 'comparison', number: '', isSynthetic });
  return [
    { kind: 'text', text: { key: intro, values } },
    { kind: 'table', table: distanceTable(rows) },
    { kind: 'fold', heading: { key: 'comparison.every', values }, blocks: [{ kind: 'table', table: whole }] },
  ];
}

function distanceTable(rows: readonly ComparisonRow[]): TableModel {
  const tables = [...new Set(rows.map((row) => row.table))];
  const line = (id: string, label: Text, own: readonly ComparisonRow[], ruled = false): TableRow => {
    const counts = countVerdicts(own);
    const cells = [own.length, ...comparisonVerdicts.map((verdict) => counts[verdict])].map(counted);
    return { id, label: words(label), cells, ruled };
  };
  return tableOf(
    'comparison-counts',
    { key: 'comparison.summary' },
    {
      columns: [
        { id: 'numbers', label: { key: 'comparison.numbers' } },
        ...comparisonVerdicts.map((id) => ({ id, label: { key: `verdict.${id}` } as const })),
      ],
      rows: [
        ...tables.map((table) =>
          line(
            table,
            { key: 'comparison.of_table', values: { table } },
            rows.filter((row) => row.table === table),
          ),
        ),
        ...(tables.length > 1 ? [line('all', { key: 'comparison.all' }, rows, true)] : []),
      ],
    },
  );
}

/** Parameters that the simulation chose against their estimates: how many are covered, every one folded below. */
function truthBlocks(rows: readonly TruthRow[], hasSamplingError: boolean): readonly Block[] {
  const known = rows.filter((row) => row.covers !== null);
  const covered = known.filter((row) => row.covers === true).length;
  return [
    { kind: 'text', text: { key: hasSamplingError ? 'truth.intro_sampled' : 'truth.intro' } },
    { kind: 'text', text: { key: 'truth.coverage', values: { covered, count: known.length } } },
    {
      kind: 'fold',
      heading: { key: 'truth.every', values: { count: rows.length } },
      blocks: [{ kind: 'table', table: truthTable(rows, { id: 'truth', number: '', hasSamplingError }) }],
    },
  ];
}
