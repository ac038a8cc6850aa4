import type { PlanGroupReport, PlanReport } from '../../model/result/plan-report.ts';
import { formatText } from '../format/format-text.ts';
import { terminalStyle } from '../format/number-style.ts';
import type { Language, TextKey } from '../format/text-key.ts';
import type { PhraseValue, Text } from '../table/contract.ts';
import { terminalWidth, wrapText } from './table/display-width.ts';

/** How many models were fitted as one job, for a terminal. */
export function planText(plan: PlanReport, language: Language): string {
  const say = (text: Text): string => formatText(text, language, terminalStyle);
  const phrase = (key: TextKey, values: Readonly<Record<string, PhraseValue>> = {}): string => say({ key, values });
  const lines = (group: PlanGroupReport, at: number): readonly string[] => [
    '',
    phrase('plan.group', { number: at + 1, models: group.models.join(', '), rows: group.nobs }),
    ...[
      ...(group.sample === null ? [] : [phrase('plan.sample', { sample: group.sample })]),
      group.effects.length === 0
        ? phrase('plan.no_effects')
        : phrase('plan.effects', { effects: joined(group.effects.map(({ name, levels }) => [name, levels])) }),
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
    ].flatMap((text) => wrapText(text, terminalWidth - 2).map((line) => `  ${line}`)),
  ];
  const joined = (pairs: readonly (readonly [string, number])[]): string =>
    pairs.map(([name, levels]) => phrase('plan.effect', { name, levels })).join(', ');
  return [
    phrase('plan.title', { models: plan.models, groups: plan.groups.length }),
    ...plan.groups.flatMap(lines),
    ...(plan.alone.length === 0
      ? []
      : ['', ...wrapText(phrase('plan.alone', { models: plan.alone.join(', ') }), terminalWidth)]),
    ...(plan.ms === null ? [] : ['', phrase('plan.total', { ms: tenths(plan.ms) })]),
    '',
  ].join('\n');
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
