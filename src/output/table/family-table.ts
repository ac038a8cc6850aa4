import type { Adjustment, FamilyMember, FamilyTest } from '../../model/result/family.ts';
import type { CovarianceLabel } from '../../model/result/result.ts';
import { modelName } from './after-fit-parts.ts';
import { testedCells, testedColumns } from './coefficient-cells.ts';
import type { TableColumn, TableModel, Text } from './contract.ts';
import { covarianceNote, covarianceShortName } from './covariance-name.ts';
import { joinedBy, tableOf } from './parts.ts';

/** How a member is called in the table; left out: its term, with its outcome and model where there are several. */
export type MemberName = (member: FamilyMember) => Text;

/** A family: every coefficient with its plain p and, beside it, p by each adjustment. */
export function familyTable(test: FamilyTest, nameOf: MemberName = usualName(test)): TableModel {
  const { methods, members } = test;
  const isNormal = false;
  return tableOf(
    'family',
    { key: 'family.title' },
    {
      stub: { key: 'family.coefficient' },
      columns: [...testedColumns(isNormal), ...methods.map(columnOf)],
      rows: members.map((member) => ({
        id: `${member.model}.${member.term}`,
        label: { kind: 'label', label: nameOf(member) },
        cells: [
          ...testedCells(member),
          ...methods.map((method) => ({ kind: 'p', value: member.adjusted[method] ?? null }) as const),
        ],
      })),
      notes: [...errorsNotes(test), ...familyNotes(test)],
    },
  );
}

/** The errors of the members: one sentence a covariance, with the range of its clusters where samples differ. */
function errorsNotes({ vcov, other_vcovs }: FamilyTest): readonly Text[] {
  const kinds = new Map<string, CovarianceLabel[]>();
  for (const label of [vcov, ...other_vcovs]) {
    const key = JSON.stringify({ ...label, clusters: [], factors: [] });
    kinds.set(key, [...(kinds.get(key) ?? []), label]);
  }
  return [...kinds.values()].flatMap((labels): readonly Text[] => {
    const [first, ...more] = labels;
    if (first === undefined) return [];
    if (more.length === 0) return [covarianceNote(first)];
    const counts = labels.map(({ clusters }) => Math.min(...clusters));
    const values = { vcov: covarianceShortName(first), least: Math.min(...counts), most: Math.max(...counts) };
    return [{ key: 'after.vcov', values: { vcov: { key: 'family.vcov_range', values }, ssc: first.ssc } }];
  });
}

function columnOf(method: Adjustment): TableColumn {
  return { id: method, label: { key: `family.${method}` } };
}

function usualName({ members }: FamilyTest): MemberName {
  const outcomes = new Set(members.map(({ depvar }) => depvar)).size;
  const hasOutcomes = outcomes > 1;
  // One model an outcome: the outcome says which.
  const hasModels = new Set(members.map(({ model }) => model)).size > outcomes;
  return ({ model, sample, depvar, term }) => {
    const own: Text = hasOutcomes ? { key: 'family.of_outcome', values: { depvar, term } } : term;
    return hasModels ? { key: 'family.of_model', values: { term: own, model: sample ?? modelName(model) } } : own;
  };
}

/** What is adjusted against what, and how it was drawn. */
export function familyNotes({ methods, members, drawn }: FamilyTest): readonly Text[] {
  const count = members.filter(({ p }) => p !== null).length;
  const named = (chosen: readonly Adjustment[]): Text =>
    joinedBy(
      chosen.map((method) => ({ key: `family.${method}` }) as const),
      'list.comma',
    );
  const isShare = (method: Adjustment): boolean => method === 'bh' || method === 'by';
  const shares = methods.filter(isShare);
  const firsts = methods.filter((method) => !isShare(method));
  const undrawn = methods.filter(
    (method) => (method === 'rw' || method === 'wy') && !drawn.some((one) => one.methods.includes(method)),
  );
  return [
    ...(firsts.length === 0 ? [] : [{ key: 'family.first', values: { methods: named(firsts), count } } as const]),
    ...(shares.length === 0 ? [] : [{ key: 'family.share', values: { methods: named(shares), count } } as const]),
    ...drawn.map((one): Text => {
      const values = { methods: named(one.methods), reps: one.reps, seed: String(one.seed) };
      if (one.kind === 'permutation') return { key: 'family.permuted', values };
      const weights = { key: `wild.weights_${one.weights ?? 'rademacher'}` } as const;
      const key = one.is_enumerated ? 'family.drawn_enumerated' : 'family.drawn';
      return { key, values: { ...values, weights, by: one.by ?? '' } };
    }),
    ...drawn.flatMap(({ failed }): readonly Text[] =>
      failed === 0 ? [] : [{ key: 'family.failed', values: { failed } }],
    ),
    ...(undrawn.length === 0 ? [] : [{ key: 'family.no_clusters', values: { methods: named(undrawn) } } as const]),
  ];
}
