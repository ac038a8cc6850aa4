import type { Text } from '../../table/contract.ts';
import { counted, joinedBy, tableOf, words } from '../../table/parts.ts';
import type { Block } from '../contract.ts';

/** How the rows of a panel lie over units and periods. */
export interface PanelFileShape {
  readonly rows: number;
  readonly units: number;
  readonly periods: number;
  readonly first: string;
  readonly last: string;
  readonly balanced: boolean;
  /** Null where the times cannot be counted. */
  readonly period: { readonly unit: string; readonly step: number } | null;
  readonly gap_units: number | null;
  readonly gap_periods: number | null;
  readonly late_units: number;
  readonly ended_units: number;
  readonly times: readonly { readonly time: string; readonly units: number }[];
}

/** Units that a column sorts, and those that it sorts differently over time. */
export interface PanelFileGroups {
  readonly group: string;
  readonly units: number;
  readonly changed: number;
  readonly examples: readonly { readonly unit: string; readonly groups: readonly string[] }[];
}

/** How the report calls what is counted: `2,310 firms`, `40 quarters`. */
export interface PanelNouns {
  readonly units: (count: number) => Text;
  readonly periods: (count: number) => Text;
  /** As headings: Firms, Quarters. */
  readonly unitHead: Text;
  readonly timeHead: Text;
}

/** What is told of a panel: its keys, its shape, and columns that sort its units. */
export interface PanelAccount {
  readonly unit: string;
  readonly time: string;
  readonly shape: PanelFileShape;
  readonly groups: readonly PanelFileGroups[];
}

/** Balance, gaps, units that come and go, how many units each time has, and groups that change. */
export function panelShapeBlocks(
  account: PanelAccount,
  nouns: PanelNouns,
  symbolOf: (name: string) => Text,
): readonly Block[] {
  return [
    { kind: 'list', title: { key: 'panel_file.shape' }, items: shapeFacts(account, nouns) },
    timesBlock(account, nouns),
    ...account.groups.map((group): Block => ({ kind: 'text', text: groupFacts(group, nouns, symbolOf) })),
  ];
}

/** The same in lines, the size of the panel first: for a screen. */
export function panelLines(account: PanelAccount, nouns: PanelNouns): readonly Text[] {
  const { shape, groups } = account;
  const size = { units: nouns.units(shape.units), periods: nouns.periods(shape.periods), rows: shape.rows };
  return [
    { key: 'panel_file.intro', values: size },
    ...shapeFacts(account, nouns),
    ...groups.map((group) => groupFacts(group, nouns, (name) => name)),
  ];
}

/** Duplicates are an error, so that a report can say that there are none. */
function shapeFacts({ shape, unit, time }: PanelAccount, nouns: PanelNouns): readonly Text[] {
  const units = (n: number): Text => nouns.units(n);
  const gaps: Text =
    shape.gap_periods === null
      ? { key: 'panel_file.no_axis' }
      : shape.gap_periods === 0
        ? { key: 'panel_file.no_gaps' }
        : {
            key: 'panel_file.gaps',
            values: { units: units(shape.gap_units ?? 0), periods: nouns.periods(shape.gap_periods) },
          };
  return [
    { key: 'panel_file.no_duplicates', values: { unit, time } },
    { key: shape.balanced ? 'panel_file.balanced' : 'panel_file.unbalanced' },
    gaps,
    { key: 'panel_file.late', values: { units: units(shape.late_units), first: shape.first } },
    { key: 'panel_file.ended', values: { units: units(shape.ended_units), last: shape.last } },
  ];
}

/** How many units each time has. */
function timesBlock({ shape }: PanelAccount, nouns: PanelNouns): Block {
  const title: Text = { key: 'panel_file.by_time', values: { units: nouns.unitHead } };
  const table = tableOf('times', title, {
    stub: nouns.timeHead,
    columns: [{ id: 'units', label: nouns.unitHead }],
    rows: shape.times.map(({ time, units }) => ({ id: time, label: words(time), cells: [counted(units)] })),
  });
  return { kind: 'fold', heading: title, blocks: [{ kind: 'table', table, look: 'prose' }] };
}

function groupFacts(
  { group, units, changed, examples }: PanelFileGroups,
  nouns: PanelNouns,
  symbolOf: (name: string) => Text,
): Text {
  const values = { group: symbolOf(group), units: nouns.units(units), changed: nouns.units(changed) };
  const head: Text = { key: changed === 0 ? 'panel_file.group_stable' : 'panel_file.group_changes', values };
  const shown = examples.map(({ unit, groups }) => `${unit}: ${groups.join(' → ')}`);
  return shown.length === 0 ? head : joinedBy([head, joinedBy(shown, 'list.semicolon')], 'list.space');
}
