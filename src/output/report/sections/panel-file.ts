import type { Block } from '../../document/contract.ts';
import { type PanelNouns, panelShapeBlocks } from '../../document/results/panel-account.ts';
import type { Cell, TableModel } from '../../table/contract.ts';
import { code, counted, empty, joinedBy, plain, tableOf, words } from '../../table/parts.ts';
import type { PanelFileData } from '../panel-file-data.ts';
import type { SymbolOf } from './cleaning.ts';
import { modelRowsBlocks, rawTablesBlocks } from './data.ts';
import { basisOf } from './sample.ts';

/** From the rows of the files to the panel, rule by rule. */
export function panelFileSample(data: PanelFileData, nouns: PanelNouns): readonly Block[] {
  const { shape } = data;
  const size = { units: nouns.units(shape.units), periods: nouns.periods(shape.periods), rows: shape.rows };
  return [
    { kind: 'text', text: { key: 'panel_file.intro', values: size } },
    { kind: 'table', table: flowTable(data.flow, nouns), look: 'prose' },
  ];
}

function flowTable(flow: PanelFileData['flow'], nouns: PanelNouns): TableModel {
  const units = { units: nouns.unitHead };
  const keyless = {
    id: 'keyless',
    label: words({ key: 'panel_file.keyless' }),
    cells: [empty, counted(flow.keyless), empty, counted(flow.rows - flow.keyless), counted(flow.units), empty],
  };
  return tableOf(
    'sample-rules',
    { key: 'panel_file.flow' },
    {
      stub: { key: 'ledger.rule' },
      columns: [
        { id: 'reason', label: { key: 'ledger.reason' } },
        { id: 'rows_out', label: { key: 'panel_file.rows_out' } },
        { id: 'units_out', label: { key: 'panel_file.units_out', values: units } },
        { id: 'rows_left', label: { key: 'panel_file.rows_left' } },
        { id: 'units_left', label: { key: 'panel_file.units_left', values: units } },
        { id: 'basis', label: { key: 'ledger.basis' } },
      ],
      rows: [
        {
          id: 'all',
          label: words({ key: 'panel_file.all_rows' }),
          cells: [empty, empty, empty, counted(flow.rows), empty, empty],
        },
        ...(flow.keyless === 0 && flow.rules.length > 0 ? [] : [keyless]),
        ...flow.rules.map((rule, i) => ({
          id: `${i + 1}`,
          label: words(joinedBy([{ key: `panel_file.${rule.kind}` }, rule.where], 'list.space')),
          cells: [
            words(rule.reason),
            counted(rule.rows_out),
            counted(rule.units_out),
            counted(rule.rows_left),
            counted(rule.units_left),
            rule.assumption ? basisOf(true) : empty,
          ],
        })),
      ],
    },
  );
}

/** Files, joins, balance, gaps, units that come and go, groups that change, and the rows of each model. */
export function panelFileBlocks(data: PanelFileData, nouns: PanelNouns, symbolOf: SymbolOf): readonly Block[] {
  return [
    ...(data.raw === undefined
      ? [{ kind: 'table', table: fileTable(data.files), look: 'prose' } as const]
      : rawTablesBlocks(data.raw, nouns)),
    ...(data.joins.length === 0 ? [] : [{ kind: 'table', table: joinTable(data.joins), look: 'prose' } as const]),
    ...panelShapeBlocks(data, nouns, symbolOf),
    ...modelRowsBlocks(data.models),
  ];
}

function fileTable(files: PanelFileData['files']): TableModel {
  return tableOf(
    'files',
    { key: 'panel_file.files' },
    {
      stub: { key: 'panel_file.file' },
      columns: (['rows', 'columns', 'absent'] as const).map((id) => ({ id, label: { key: `panel_file.${id}` } })),
      rows: files.map(({ path, rows, columns, absent }) => ({
        id: path,
        label: code(path),
        cells: [counted(rows), counted(columns), absent.length === 0 ? empty : code(absent.join(' '))],
      })),
    },
  );
}

function joinTable(joins: PanelFileData['joins']): TableModel {
  const counts = ['before', 'matched', 'unmatched', 'dropped', 'doubled', 'after', 'unused'] as const;
  return tableOf(
    'joins',
    { key: 'panel_file.joins' },
    {
      stub: { key: 'panel_file.file' },
      columns: (['keys', ...counts] as const).map((id) => ({ id, label: { key: `panel_file.${id}` } })),
      rows: joins.map((join) => ({
        id: join.file,
        label: code(join.file),
        cells: [code(`${join.by.join(' ')} ${join.match}`), ...counts.map((name) => counted(join[name]))],
      })),
    },
  );
}

/** Every variable that the study uses: what it is, where it comes from, and how it varies within and between units. */
export function panelFileVariables(data: PanelFileData, symbolOf: SymbolOf): readonly Block[] {
  const heads = ['label', 'role', 'source', 'obs', 'missing', 'within', 'between'] as const;
  const deviation = (value: number | null): Cell => (value === null ? empty : plain(value, 3));
  const table = tableOf(
    'variables',
    { key: 'panel_file.variables' },
    {
      stub: { key: 'panel_file.variable' },
      columns: heads.map((id) => ({ id, label: { key: `panel_file.${id}` } })),
      rows: data.variables.map((row) => ({
        id: row.variable,
        label: code(row.variable),
        cells: [
          words(symbolOf(row.variable)),
          words({ key: `role.${row.role}` }),
          row.formula === null ? words({ key: 'panel_file.column' }) : derivedCell(row.formula, row.undefined ?? 0),
          counted(row.obs),
          counted(row.missing),
          ...(row.values === null
            ? [deviation(row.within_sd), deviation(row.between_sd)]
            : [words({ key: 'panel_file.text_values', values: { values: row.values } }), empty]),
        ],
      })),
    },
  );
  return [{ kind: 'table', table, look: 'prose' }];
}

function derivedCell(formula: string, undefinedRows: number): Cell {
  if (undefinedRows === 0) return code(formula);
  return words(joinedBy([formula, { key: 'panel_file.undefined', values: { rows: undefinedRows } }], 'list.space'));
}
