import { at } from '../../error/at.ts';
import { roundSignificant } from '../../math/round-significant.ts';
import type { WaldTest } from '../../model/result/after-fit.ts';
import type {
  ComparedGroup,
  DifferenceLine,
  DifferencePair,
  GroupDifferences,
  OrderedGroups,
  PermutedGroups,
} from '../../model/result/differences.ts';
import { modelName } from './after-fit-parts.ts';
import type { Cell, PhraseValue, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { covarianceNote, covarianceShortName } from './covariance-name.ts';
import { counted, empty, joinedBy, plain, tableOf, words } from './parts.ts';

/** Printed names of models and of variables; left out: models by their part of the sample, variables as they are. */
export interface DifferenceNames {
  readonly models?: Readonly<Record<string, Text>>;
  readonly variables?: Readonly<Record<string, Text>>;
}

/** Slopes of groups, their differences pair by pair, and the orders that were claimed: three tables a term and set of groups. */
export function differencesTables(
  differences: readonly GroupDifferences[],
  names: DifferenceNames = {},
): readonly TableModel[] {
  return differences.flatMap((one, k) => {
    const id = differences.length === 1 ? '' : `-${k + 1}`;
    const shown = shownOf(one, names);
    const tables = [
      groupsTable(`groups${id}`, one, shown),
      pairsTable(`group-differences${id}`, one, shown),
      ...(one.orders.length === 0 ? [] : [ordersTable(`group-orders${id}`, one, shown)]),
    ];
    // Of several sets of groups with one term the title says which.
    const isRepeated = differences.some((other, j) => j !== k && other.term === one.term);
    return isRepeated ? tables.map((table) => ofGroups(table, one, shown)) : tables;
  });
}

function ofGroups(table: TableModel, { groups, absent }: GroupDifferences, { nameOf }: Shown): TableModel {
  const names = joinedBy(
    [...groups, ...absent].map(({ model }) => nameOf(model)),
    'list.comma',
  );
  return { ...table, title: { key: 'differences.of_groups', values: { title: table.title, groups: names } } };
}

interface Shown {
  readonly term: Text;
  readonly unit: Text;
  readonly vcov: Text;
  readonly nameOf: (model: string) => Text;
}

function shownOf({ term, unit, groups, absent, vcov }: GroupDifferences, names: DifferenceNames): Shown {
  const all = [...groups, ...absent];
  // Several formulas on the same parts are told by their numbers.
  const isRepeated = new Set(all.map(({ sample }) => sample)).size < all.length;
  const nameOf = (id: string): Text => {
    const given = names.models?.[id];
    const sample = all.find(({ model }) => model === id)?.sample ?? null;
    return given ?? (sample === null || isRepeated ? modelName(id) : sample);
  };
  return {
    term: names.variables?.[term] ?? term,
    unit: unit === null ? { key: 'differences.rows' } : (names.variables?.[unit] ?? unit),
    vcov: covarianceNote(vcov, names.variables),
    nameOf,
  };
}

function groupsTable(id: string, one: GroupDifferences, { term, vcov, nameOf }: Shown): TableModel {
  const hasClusters = one.groups.some(({ clusters }) => clusters !== null);
  const hasWild = one.groups.some(({ wild }) => wild !== null);
  const columns: readonly TableColumn[] = [
    { id: 'estimate', label: { key: 'coef.estimate' } },
    { id: 'se', label: { key: 'coef.se' } },
    { id: 'p', label: { key: 'differences.p' } },
    ...(hasWild ? [{ id: 'wild', label: { key: 'wild.p' } } as const] : []),
    { id: 'nobs', label: { key: 'differences.nobs' } },
    { id: 'units', label: { key: 'differences.units' } },
    ...(hasClusters ? [{ id: 'clusters', label: { key: 'wild.clusters' } } as const] : []),
  ];
  const cellsOf = ({ estimate, se, p, nobs, units, clusters, wild }: ComparedGroup): readonly Cell[] => [
    plain(estimate),
    plain(se),
    { kind: 'p', value: p },
    ...(hasWild ? [wildCell(wild)] : []),
    counted(nobs),
    counted(units),
    ...(hasClusters ? [counted(clusters)] : []),
  ];
  return tableOf(
    id,
    { key: 'differences.groups', values: { term } },
    {
      stub: { key: 'differences.group' },
      columns,
      rows: one.groups.map((group) => ({ id: group.model, label: words(nameOf(group.model)), cells: cellsOf(group) })),
      notes: [
        vcov,
        ...wildNotes(one),
        ...one.absent.map(({ model }): Text => ({ key: 'differences.absent', values: { group: nameOf(model), term } })),
      ],
    },
  );
}

function wildCell(wild: ComparedGroup['wild']): Cell {
  if (wild === null) return empty;
  return wild.p === 0
    ? { kind: 'word', key: 'wild.none_larger', align: 'end' }
    : { kind: 'p', value: wild.p, least: 1 / wild.reps };
}

function wildNotes({ groups }: GroupDifferences): readonly Text[] {
  const tests = groups.flatMap(({ wild }) => wild ?? []);
  if (tests.length === 0) return [];
  const { errors, type } = at(tests, 0);
  return [{ key: 'differences.wild_note', values: { type, errors: joinedBy(errors, 'list.comma') } }];
}

/** Standard errors that are equal up to rounding. */
const equalErrors = 1e-9;

/** Where one regression and the joint covariance are the same, one of them is printed and both are named. */
function formsOf({ pairs }: GroupDifferences): readonly ('chow' | 'suest' | 'both')[] {
  const isThere = (method: 'chow' | 'suest'): boolean => pairs.some((pair) => pair[method] !== null);
  const [chow, suest] = [isThere('chow'), isThere('suest')];
  const areSame = pairs.every(
    (pair) => Math.abs((pair.chow?.se ?? 0) - (pair.suest?.se ?? 0)) <= equalErrors * (pair.chow?.se ?? 0),
  );
  if (chow && suest && areSame) return ['both'];
  return [...(chow ? ['chow' as const] : []), ...(suest ? ['suest' as const] : [])];
}

function pairsTable(id: string, one: GroupDifferences, { term, unit, vcov, nameOf }: Shown): TableModel {
  const forms = formsOf(one);
  const hasPermuted = one.pairs.some(({ permute }) => permute !== null);
  const isMany = one.pairs.length > 1;
  const columns: readonly TableColumn[] = [
    { id: 'estimate', label: { key: 'differences.difference' } },
    ...forms.flatMap((form): TableColumn[] => [
      { id: `${form}_se`, label: { key: 'coef.se' }, sublabel: { key: `differences.${form}` } },
      { id: `${form}_p`, label: { key: 'differences.p' }, sublabel: { key: `differences.${form}` } },
      ...(isMany
        ? [
            {
              id: `${form}_holm`,
              label: { key: 'differences.p_holm' },
              sublabel: { key: `differences.${form}` },
            } as const,
          ]
        : []),
    ]),
    ...(hasPermuted ? permutedColumns(isMany) : []),
  ];
  const lineOf = (pair: DifferencePair, form: 'chow' | 'suest' | 'both'): DifferenceLine | null =>
    form === 'suest' ? pair.suest : pair.chow;
  const rows = one.pairs.map(
    (pair): TableRow => ({
      id: `${pair.model}.${pair.base}`,
      label: words({ key: 'differences.pair', values: { model: nameOf(pair.model), base: nameOf(pair.base) } }),
      cells: [
        plain(pair.estimate),
        ...forms.flatMap((form): Cell[] => {
          const line = lineOf(pair, form);
          return [plain(line?.se ?? null), p(line?.p), ...(isMany ? [p(line?.p_holm)] : [])];
        }),
        ...(hasPermuted ? [...permutedCells(pair.permute), ...(isMany ? [p(pair.permute?.p_holm)] : [])] : []),
      ],
    }),
  );
  const { chow, suest, permute } = one.joint;
  const jointRow: TableRow = {
    ...{ id: 'all', ruled: true },
    label: words({ key: 'differences.all_equal' }),
    cells: [
      empty,
      ...forms.flatMap((form): Cell[] => [empty, p((form === 'suest' ? suest : chow)?.p), ...(isMany ? [empty] : [])]),
      ...(hasPermuted ? [...permutedCells(permute), ...(isMany ? [empty] : [])] : []),
    ],
  };
  return tableOf(
    id,
    { key: 'differences.title', values: { term } },
    {
      stub: { key: 'differences.pairs' },
      columns,
      rows: [...rows, ...(isMany ? [jointRow] : [])],
      notes: [
        ...(forms.length === 0 ? [] : [vcov]),
        ...forms.map((form): Text => ({ key: `differences.${form}_note` })),
        ...jointNotes(forms, { chow, suest }),
        ...permutedNotes(one, unit),
        ...(isMany ? [{ key: 'differences.holm_note', values: { pairs: one.pairs.length } } as const] : []),
        ...one.without.map(
          ({ method, reason }): Text => ({
            key: 'differences.without',
            values: { method: { key: `differences.${method}` }, reason: { key: `no_difference.${reason}` } },
          }),
        ),
        ...sharedNotes(one),
      ],
    },
  );
}

function permutedColumns(isMany: boolean): readonly TableColumn[] {
  const sublabel: Text = { key: 'differences.permute' };
  return [
    { id: 'permute_p', label: { key: 'differences.p' }, sublabel },
    { id: 'permute_share', label: { key: 'differences.larger' }, sublabel },
    ...(isMany ? [{ id: 'permute_holm', label: { key: 'differences.p_holm' }, sublabel } as const] : []),
  ];
}

function p(value: number | null | undefined): Cell {
  return { kind: 'p', value: value ?? null };
}

function permutedCells(permuted: PermutedGroups | null): readonly Cell[] {
  if (permuted === null) return [p(null), empty];
  const { larger, reps, failed } = permuted;
  return [p(permuted.p), { kind: 'verbatim', text: `${larger}/${reps - failed}`, align: 'end' }];
}

function jointNotes(
  forms: readonly ('chow' | 'suest' | 'both')[],
  tests: { readonly chow: WaldTest | null; readonly suest: WaldTest | null },
): readonly Text[] {
  return forms.flatMap((form): Text[] => {
    const test = form === 'suest' ? tests.suest : tests.chow;
    if (test === null || test.chi2 === null || test.df[0] < 2) return [];
    const values = { form: { key: `differences.${form}` } as const, df1: test.df[0] };
    return test.f === null || test.df[1] === null
      ? [{ key: 'differences.joint_chi2', values: { ...values, chi2: roundSignificant(test.chi2, 4) } }]
      : [
          {
            key: 'differences.joint_f',
            values: { ...values, f: roundSignificant(test.f, 4), df2: Math.round(test.df[1]) },
          },
        ];
  });
}

function permutedNotes({ pairs, joint, seed }: GroupDifferences, unit: Text): readonly Text[] {
  const all = [...pairs.flatMap(({ permute }) => permute ?? []), ...(joint.permute === null ? [] : [joint.permute])];
  if (all.length === 0) return [];
  const failed = all.reduce((sum, one) => sum + one.failed, 0);
  const isDrawn = all.some((one) => !one.is_enumerated);
  return [
    { key: 'differences.permute_note', values: { unit } },
    ...(isDrawn ? [{ key: 'differences.drawn_note', values: { seed: String(seed) } } as const] : []),
    ...(all.some((one) => one.is_enumerated) ? [{ key: 'differences.exact_note' } as const] : []),
    ...(failed === 0 ? [] : [{ key: 'differences.failed', values: { failed } } as const]),
  ];
}

function sharedNotes({ shared: { rows, units } }: GroupDifferences): readonly Text[] {
  return units === 0 ? [] : [{ key: 'differences.shared', values: { rows, units } }];
}

function ordersTable(
  id: string,
  { term: _, orders, seed }: GroupDifferences,
  { term, unit, nameOf }: Shown,
): TableModel {
  const rowsOf = (order: OrderedGroups): readonly TableRow[] => [
    {
      id: order.text,
      label: words(orderName(order, nameOf)),
      cells: [
        { kind: 'word', key: order.is_observed ? 'yes' : 'no', align: 'end' },
        plain(order.probability, 3),
        { kind: 'verbatim', text: `${order.holding}/${order.reps - order.failed}`, align: 'end' },
        p(order.p),
      ],
    },
    ...order.largest.map(
      ({ model, share }): TableRow => ({
        id: `${order.text}.${model}`,
        label: words({ key: 'differences.largest', values: { group: nameOf(model) } }),
        cells: [empty, plain(share, 3), empty, empty],
      }),
    ),
  ];
  const failed = orders.reduce((sum, one) => sum + one.failed, 0);
  return tableOf(
    id,
    { key: 'differences.orders', values: { term } },
    {
      stub: { key: 'differences.order' },
      columns: [
        { id: 'observed', label: { key: 'differences.observed' } },
        { id: 'probability', label: { key: 'differences.probability' } },
        { id: 'draws', label: { key: 'wild.draws' } },
        { id: 'p', label: { key: 'differences.p_order' } },
      ],
      rows: orders.flatMap(rowsOf),
      notes: [
        { key: 'differences.order_note', values: { unit, seed: String(seed) } },
        { key: 'differences.order_p_note' },
        ...(failed === 0 ? [] : [{ key: 'differences.failed', values: { failed } } as const]),
      ],
    },
  );
}

/** Below this a p-value is printed as smaller than it. */
const leastP = 0.001;

/**
 * One line a comparison for the table of the models themselves: P that all its groups have one slope, under every covariance and by
 * permutation. @param differences of one term and set of groups, a covariance each
 */
export function differencesSummary(differences: readonly GroupDifferences[], names: DifferenceNames = {}): Text {
  const first = at(differences, 0);
  const { term, nameOf } = shownOf(first, names);
  const pOf = (value: number): PhraseValue =>
    value < leastP ? { key: 'differences.below', values: { p: leastP } } : roundSignificant(value, 2);
  const tests = differences.flatMap(({ joint, vcov }): Text[] => {
    const value = (joint.chow ?? joint.suest)?.p ?? null;
    const test = covarianceShortName(vcov, names.variables);
    return value === null ? [] : [{ key: 'differences.summary_test', values: { p: pOf(value), test } }];
  });
  const permuted = first.joint.permute?.p ?? (first.pairs.length === 1 ? first.pairs[0]?.permute?.p : null) ?? null;
  const exchanged: Text = { key: 'differences.summary_permuted' };
  const all = [
    ...tests,
    ...(permuted === null
      ? []
      : [{ key: 'differences.summary_test', values: { p: pOf(permuted), test: exchanged } } as const]),
  ];
  const groups = joinedBy(
    first.groups.map(({ model }) => nameOf(model)),
    'list.comma',
  );
  return { key: 'differences.summary', values: { term, groups, tests: joinedBy(all, 'list.comma') } };
}

/** East > Central, West. */
export function orderName({ places }: OrderedGroups, nameOf: (model: string) => Text): Text {
  const named = places.map((place) => joinedBy(place.map(nameOf), 'list.comma'));
  return named.reduce((first, second): Text => ({ key: 'differences.above', values: { first, second } }));
}
