import { escapeMarkup } from '../../document/table/escape.ts';
import { formatFixed } from '../../format/format-number.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { Text } from '../../table/contract.ts';
import { say } from '../bilingual.ts';
import type { PanelFileData, PanelFileGroups, PanelNouns } from '../panel-file-data.ts';
import { modelTable } from './data.ts';
import { count, dataTable, type SymbolOf } from './data-table.ts';

const code = (text: string): string => `<code>${escapeMarkup(text)}</code>`;

/** From the rows of the files to the panel, rule by rule. */
export function panelFileSample({ flow, shape }: PanelFileData, nouns: PanelNouns): string {
  const size = {
    units: nouns.units(shape.units),
    periods: nouns.periods(shape.periods),
    rows: shape.rows,
  };
  const heads = [
    { key: 'ledger.rule' },
    { key: 'ledger.reason' },
    { key: 'panel_file.rows_out' },
    { key: 'panel_file.units_out', values: { units: nouns.unitHead } },
    { key: 'panel_file.rows_left' },
    { key: 'panel_file.units_left', values: { units: nouns.unitHead } },
    { key: 'ledger.basis' },
  ] as const satisfies readonly Text[];
  const start = [say({ key: 'panel_file.all_rows' }), '', '', '', count(flow.rows), '', ''];
  const keyless =
    flow.keyless === 0 && flow.rules.length > 0
      ? []
      : [
          [
            say({ key: 'panel_file.keyless' }),
            '',
            count(flow.keyless),
            '',
            count(flow.rows - flow.keyless),
            count(flow.units),
            '',
          ],
        ];
  const rules = flow.rules.map((rule) => [
    `${say({ key: `panel_file.${rule.kind}` })} ${code(rule.where)}`,
    say(rule.reason),
    count(rule.rows_out),
    count(rule.units_out),
    count(rule.rows_left),
    count(rule.units_left),
    rule.assumption ? `<span class="flag">${say({ key: 'ledger.assumption' })}</span>` : say({ key: 'ledger.stated' }),
  ]);
  return [
    `<p>${say({ key: 'panel_file.intro', values: size })}</p>`,
    dataTable({
      caption: { key: 'panel_file.flow' },
      heads,
      numbers: [2, 3, 4, 5],
      rows: [start, ...keyless, ...rules],
    }),
  ].join('\n');
}

/** Files, joins, balance, gaps, units that come and go, groups that change, and the rows of each model. */
export function panelFileSection(data: PanelFileData, nouns: PanelNouns, symbolOf: SymbolOf): string {
  return [
    fileTable(data.files),
    joinTable(data.joins),
    shapeFacts(data, nouns),
    timesTable(data, nouns),
    ...data.groups.map((group) => groupFacts(group, nouns, symbolOf)),
    modelTable(data.models),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function fileTable(files: PanelFileData['files']): string {
  const heads = ['file', 'rows', 'columns', 'absent'] as const;
  return dataTable({
    caption: { key: 'panel_file.files' },
    heads: heads.map((name) => ({ key: `panel_file.${name}` })),
    numbers: [1, 2],
    rows: files.map(({ path, rows, columns, absent }) => [
      code(path),
      count(rows),
      count(columns),
      absent.map(code).join(' '),
    ]),
  });
}

function joinTable(joins: PanelFileData['joins']): string {
  if (joins.length === 0) return '';
  const heads = ['file', 'keys', 'before', 'matched', 'unmatched', 'dropped', 'doubled', 'after', 'unused'] as const;
  return dataTable({
    caption: { key: 'panel_file.joins' },
    heads: heads.map((name) => ({ key: `panel_file.${name}` })),
    numbers: [2, 3, 4, 5, 6, 7, 8],
    rows: joins.map(({ file, by, match, before, matched, unmatched, dropped, doubled, after, unused }) => [
      code(file),
      `${by.map(code).join(' ')} ${escapeMarkup(match)}`,
      ...[before, matched, unmatched, dropped, doubled, after, unused].map(count),
    ]),
  });
}

/** Duplicates are an error, so that a report can say that there are none. */
function shapeFacts({ shape, unit, time }: PanelFileData, nouns: PanelNouns): string {
  const units = (n: number): Text => nouns.units(n);
  const facts: Text[] = [
    { key: 'panel_file.no_duplicates', values: { unit, time } },
    { key: shape.balanced ? 'panel_file.balanced' : 'panel_file.unbalanced' },
    ...(shape.gap_periods === null
      ? [{ key: 'panel_file.no_axis' } as const]
      : shape.gap_periods === 0
        ? [{ key: 'panel_file.no_gaps' } as const]
        : [
            {
              key: 'panel_file.gaps',
              values: { units: units(shape.gap_units ?? 0), periods: nouns.periods(shape.gap_periods) },
            } as const,
          ]),
    { key: 'panel_file.late', values: { units: units(shape.late_units), first: shape.first } },
    { key: 'panel_file.ended', values: { units: units(shape.ended_units), last: shape.last } },
  ];
  return `<h3>${say({ key: 'panel_file.shape' })}</h3>\n<ul class="facts">${facts.map((fact) => `<li>${say(fact)}</li>`).join('')}</ul>`;
}

/** How many units each time has. */
function timesTable({ shape }: PanelFileData, nouns: PanelNouns): string {
  const table = dataTable({
    caption: { key: 'panel_file.by_time', values: { units: nouns.unitHead } },
    heads: [nouns.timeHead, nouns.unitHead],
    numbers: [1],
    rows: shape.times.map(({ time, units }) => [escapeMarkup(time), count(units)]),
  });
  return `<details><summary>${say({ key: 'panel_file.by_time', values: { units: nouns.unitHead } })}</summary>\n${table}\n</details>`;
}

function groupFacts(
  { group, units, changed, examples }: PanelFileGroups,
  nouns: PanelNouns,
  symbolOf: SymbolOf,
): string {
  const values = { group: symbolOf(group), units: nouns.units(units), changed: nouns.units(changed) };
  const head = say({ key: changed === 0 ? 'panel_file.group_stable' : 'panel_file.group_changes', values });
  const shown = examples.map(({ unit, groups }) => escapeMarkup(`${unit}: ${groups.join(' → ')}`)).join('; ');
  return `<p>${head}${shown === '' ? '' : ` ${shown}`}</p>`;
}

/** Every variable that the study uses: what it is, where it comes from, and how it varies within and between units. */
export function panelFileVariables(data: PanelFileData, symbolOf: SymbolOf): string {
  const heads = ['variable', 'label', 'role', 'source', 'obs', 'missing', 'within', 'between'] as const;
  const deviation = (value: number | null): string => (value === null ? '' : formatFixed(value, 3, publishedStyle));
  return dataTable({
    caption: { key: 'panel_file.variables' },
    heads: heads.map((name) => ({ key: `panel_file.${name}` })),
    numbers: [4, 5, 6, 7],
    rows: data.variables.map((row) => [
      code(row.variable),
      say(symbolOf(row.variable)),
      say({ key: `role.${row.role}` }),
      row.formula === null ? say({ key: 'panel_file.column' }) : derivedCell(row.formula, row.undefined ?? 0),
      count(row.obs),
      count(row.missing),
      ...(row.values === null
        ? [deviation(row.within_sd), deviation(row.between_sd)]
        : [say({ key: 'panel_file.text_values', values: { values: row.values } }), '']),
    ]),
  });
}

function derivedCell(formula: string, undefinedRows: number): string {
  if (undefinedRows === 0) return code(formula);
  return `${code(formula)} ${say({ key: 'panel_file.undefined', values: { rows: undefinedRows } })}`;
}
