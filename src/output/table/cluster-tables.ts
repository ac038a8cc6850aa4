import type { ClusterComparison, ClusterMember, ClusterReport, ClusterSpread } from '../../model/result/clusters.ts';
import type { TextKey } from '../format/text-key.ts';
import type { LevelName, OfModel } from './after-fit-parts.ts';
import { absentNote, modelCells, textOf, withModels } from './after-fit-parts.ts';
import { intervalCells, intervalColumns } from './coefficient-cells.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { blanks, counted, joinedBy, plain, tableOf, words } from './parts.ts';

/** Clusters that are named, those of largest influence. */
const named = 5;

/** The report on clusters of every model: methods side by side with the advice, the spread over clusters, the most influential ones. */
export function clusterTables(
  reports: readonly OfModel<ClusterReport>[],
  hasModels: boolean,
  levelName: LevelName,
): readonly TableModel[] {
  const present = reports.filter(({ value }) => value.spread !== null);
  const compared = comparisonTable(reports, hasModels, levelName);
  return present.length === 0
    ? [compared]
    : [compared, spreadTable(present, hasModels), membersTable(present, hasModels, levelName)];
}

const comparisonColumns: readonly TableColumn[] = [
  { id: 'estimate', label: { key: 'coef.estimate' } },
  { id: 'se', label: { key: 'coef.se' } },
  { id: 'df', label: { key: 'clusters.df' } },
  { id: 'p', label: { key: 'coef.p' } },
  ...intervalColumns,
];

function comparisonTable(
  reports: readonly OfModel<ClusterReport>[],
  hasModels: boolean,
  levelName: LevelName,
): TableModel {
  const rows = reports.flatMap(({ model, value }) =>
    value.compared.flatMap((one, i) => comparedRows({ model, value }, one, { hasModels, isFirst: i === 0 })),
  );
  return tableOf(
    'clusters',
    { key: 'clusters.title' },
    {
      stub: { key: 'clusters.test' },
      columns: withModels(comparisonColumns, hasModels),
      rows: rows.map((row, i) => (i === 0 ? { ...row, ruled: false } : row)),
      notes: [
        ...adviceNotes(reports, hasModels, levelName),
        ...reports.flatMap((one) => reportNotes(one, hasModels, levelName)),
        ...drawnNotes(reports),
      ],
    },
  );
}

function comparedRows(
  { model, value }: OfModel<ClusterReport>,
  { method, se, df, p, ci95 }: ClusterComparison,
  { hasModels, isFirst }: { readonly hasModels: boolean; readonly isFirst: boolean },
): readonly TableRow[] {
  const [first = null, ...others] = ci95 ?? [];
  const id = `${model.id}.${value.term}.${method}`;
  const dfCell: Cell = df !== null && !Number.isInteger(df) ? plain(df, 1) : counted(df);
  const label: Text = {
    key: 'clusters.row_method',
    values: { term: value.term, method: { key: `clusters.method_${method}` } },
  };
  return [
    {
      ...{ id, label: { kind: 'label', label }, ruled: isFirst },
      cells: [
        ...modelCells(model, hasModels),
        ...[plain(value.estimate), plain(se), dfCell, { kind: 'p', value: p } as const],
        ...intervalCells(first),
      ],
    },
    ...others.map(
      (interval, k): TableRow => ({
        id: `${id}.${k + 2}`,
        label: { kind: 'label', label: { key: 'wild.also' } },
        cells: [...blanks(4 + (hasModels ? 1 : 0)), ...intervalCells(interval)],
      }),
    ),
  ];
}

/** One sentence for all models to which the same advice applies. */
function adviceNotes(
  reports: readonly OfModel<ClusterReport>[],
  hasModels: boolean,
  levelName: LevelName,
): readonly Text[] {
  const texts = new Map<string, { readonly key: TextKey; readonly names: Text; readonly of: Text[] }>();
  for (const { model, value } of reports) {
    const { advice, term, members, by } = value;
    if (advice === null) continue;
    const lost = members.flatMap(({ cluster, estimate_without }) => (estimate_without === null ? [cluster] : []));
    const same = `${advice}.${JSON.stringify(lost)}`;
    const known = texts.get(same) ?? {
      key: `clusters.advice_${advice}`,
      names: joinedBy(
        lost.map((one) => levelName(by, one)),
        'list.comma',
      ),
      of: [],
    };
    texts.set(same, { ...known, of: [...known.of, textOf(model, term, hasModels)] });
  }
  return [...texts.values()].map(({ key, names, of }) => ({
    key,
    values: { text: joinedBy(of, 'list.comma'), names },
  }));
}

function reportNotes(
  { model, value }: OfModel<ClusterReport>,
  hasModels: boolean,
  levelName: LevelName,
): readonly Text[] {
  const { term, by, clusters, effective, members, compared, absent } = value;
  const text = textOf(model, term, hasModels);
  if (absent.length > 0) return absentNote(model, { text: term, absent }, hasModels);
  const [largest] = [...members].sort((a, b) => b.partial_leverage - a.partial_leverage);
  const share = rounded(largest?.partial_leverage ?? 0, 3);
  const about = {
    text,
    by,
    clusters,
    effective: effectiveText(effective),
    share,
    cluster: levelName(by, largest?.cluster ?? ''),
  };
  return [
    { key: 'clusters.about', values: about },
    ...(compared.some(({ reason }) => reason !== undefined)
      ? [{ key: 'clusters.no_cr3', values: { text } } as const]
      : []),
  ];
}

function effectiveText({ independent, common }: ClusterReport['effective']): Text {
  if (independent === null) return { key: 'clusters.effective_none' };
  if (common === null) return { key: 'clusters.effective_one', values: { independent: rounded(independent, 1) } };
  const values = { independent: rounded(independent, 1), common: rounded(common, 1) };
  return { key: 'clusters.effective_two', values };
}

function rounded(value: number, decimals: number): number {
  const unit = 10 ** decimals;
  return Math.round(value * unit) / unit;
}

/** How the bootstrap was drawn, once for all models that were drawn alike. */
function drawnNotes(reports: readonly OfModel<ClusterReport>[]): readonly Text[] {
  const seen = new Set<string>();
  return reports.flatMap(({ value: { bootstrap } }): Text[] => {
    const key = JSON.stringify(bootstrap);
    if (bootstrap === null || seen.has(key)) return [];
    seen.add(key);
    const { weights, reps, seed, is_enumerated } = bootstrap;
    const values = { weights: { key: `wild.weights_${weights}` } as const, reps, seed: String(seed) };
    return [{ key: is_enumerated ? 'clusters.drawn_all' : 'clusters.drawn', values }];
  });
}

const spreads = ['min', 'q1', 'median', 'mean', 'q3', 'max', 'cv'] as const;
const quantities = ['rows', 'leverage', 'partial_leverage', 'estimate_without'] as const;

function spreadTable(reports: readonly OfModel<ClusterReport>[], hasModels: boolean): TableModel {
  return tableOf(
    'clusters.spread',
    { key: 'clusters.spread_title' },
    {
      stub: { key: 'clusters.quantity' },
      columns: withModels(
        spreads.map((id) => ({ id, label: { key: `clusters.${id}` } as const })),
        hasModels,
      ),
      rows: reports.flatMap(({ model, value }, i) =>
        quantities.map((quantity, q): TableRow => {
          const values = { term: value.term, quantity: { key: `clusters.${quantity}` } as const };
          return {
            id: `${model.id}.${value.term}.${quantity}`,
            label: { kind: 'label', label: { key: 'clusters.row_quantity', values } },
            cells: [
              ...modelCells(model, hasModels),
              ...spreadCells(value.spread?.[quantity] ?? null, quantity === 'rows'),
            ],
            ruled: q === 0 && i > 0,
          };
        }),
      ),
    },
  );
}

function spreadCells(spread: ClusterSpread | null, isCount: boolean): readonly Cell[] {
  return spreads.map((id) => {
    if (id === 'cv') return plain(spread?.cv ?? null, 3);
    return isCount ? plain(spread?.[id] ?? null, 1) : plain(spread?.[id] ?? null);
  });
}

function membersTable(
  reports: readonly OfModel<ClusterReport>[],
  hasModels: boolean,
  levelName: LevelName,
): TableModel {
  return tableOf(
    'clusters.members',
    { key: 'clusters.members_title' },
    {
      stub: { key: 'clusters.member' },
      columns: withModels(
        quantities.map((id) => ({ id, label: { key: `clusters.${id}` } as const })),
        hasModels,
      ),
      rows: reports.flatMap(({ model, value }, i) =>
        influential(value).map(
          ({ cluster, rows, leverage, partial_leverage, estimate_without }, k): TableRow => ({
            id: `${model.id}.${value.term}.${cluster}`,
            label: words({
              key: 'clusters.row_member',
              values: { term: value.term, cluster: levelName(value.by, cluster) },
            }),
            cells: [
              ...modelCells(model, hasModels),
              ...[counted(rows), plain(leverage), plain(partial_leverage)],
              estimate_without === null
                ? { kind: 'word', key: 'clusters.undetermined', align: 'end' }
                : plain(estimate_without),
            ],
            ruled: k === 0 && i > 0,
          }),
        ),
      ),
      notes: [{ key: 'clusters.members_note' }],
    },
  );
}

/** The clusters without which the coefficient moves the most. */
function influential({ members, estimate }: ClusterReport): readonly ClusterMember[] {
  const moved = ({ estimate_without }: ClusterMember): number =>
    estimate_without === null ? Number.POSITIVE_INFINITY : Math.abs(estimate_without - (estimate ?? 0));
  return [...members].sort((a, b) => moved(b) - moved(a)).slice(0, named);
}
