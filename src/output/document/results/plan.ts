import type { PlanGroupReport, PlanReport } from '../../../model/result/plan-report.ts';
import type { TextKey } from '../../format/text-key.ts';
import type { PhraseValue, Text } from '../../table/contract.ts';
import { joinedBy } from '../../table/parts.ts';
import type { Block } from '../contract.ts';

/** How many models were fitted as one job: a list for each group of models that share rows, effects and weights. */
export function planBlocks(plan: PlanReport): readonly Block[] {
  return [
    { kind: 'text', text: phrase('plan.title', { models: plan.models, groups: plan.groups.length }) },
    ...plan.groups.map(groupBlock),
    ...(plan.alone.length === 0
      ? []
      : [{ kind: 'text', text: phrase('plan.alone', { models: plan.alone.join(', ') }) } as const]),
    ...(plan.ms === null ? [] : [{ kind: 'text', text: phrase('plan.total', { ms: tenths(plan.ms) }) } as const]),
  ];
}

function groupBlock(group: PlanGroupReport, at: number): Block {
  return {
    kind: 'list',
    title: phrase('plan.group', { number: at + 1, models: group.models.join(', '), rows: group.nobs }),
    items: [
      ...(group.sample === null ? [] : [phrase('plan.sample', { sample: group.sample })]),
      group.effects.length === 0
        ? phrase('plan.no_effects')
        : phrase('plan.effects', {
            effects: joinedBy(
              group.effects.map(({ name, levels }) => phrase('plan.effect', { name, levels })),
              'list.comma',
            ),
          }),
      ...(group.weights === null ? [] : [phrase('plan.weights', { weights: group.weights })]),
      phrase('plan.absorbed', {
        columns: group.columns,
        named: group.named,
        method: { key: methodKeys[group.method] ?? 'plan.method.none' },
        iterations: group.iterations,
      }),
      phrase('plan.solved', { solves: group.solves, models: group.models.length, rank: group.rank }),
      ...group.clusters.map(({ by, clusters }) => phrase('plan.clusters', { by, clusters })),
      ...group.fallbacks.map(({ model, reason }) =>
        phrase('plan.fallback', { model, reason: { key: `plan.reason.${reason}` } }),
      ),
      ...(group.ms === null ? [] : [phrase('plan.time', { ms: tenths(group.ms) })]),
    ],
  };
}

function phrase(key: TextKey, values: Readonly<Record<string, PhraseValue>> = {}): Text {
  return { key, values };
}

const methodKeys: Readonly<Record<string, TextKey>> = {
  none: 'plan.method.none',
  'one-way': 'plan.method.one-way',
  'balanced-two-way': 'plan.method.balanced-two-way',
  direct: 'plan.method.direct',
  'conjugate-gradient': 'plan.method.conjugate-gradient',
};

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
