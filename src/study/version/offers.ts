import type { Bilingual } from '../language/bilingual.ts';
import { unitNames } from '../unit-names.ts';
import type { StudyOnPanel } from './apply.ts';

/** What a reader may change of a study, with the words for it. */
export interface VersionOffers {
  /** Covariances as they are typed: those of the study first. */
  readonly covariances: readonly string[];
  /** First and last time; null where the time is no number. */
  readonly period: readonly [first: number, last: number] | null;
  readonly units: readonly { readonly key: string; readonly name: Bilingual }[];
  /** Controls that models may do without. */
  readonly controls: readonly { readonly name: string; readonly label: Bilingual }[];
  /** Whether any model has a threshold, for its trim and replicates. */
  readonly hasThresholds: boolean;
}

/** What there is to change. */
export function versionOffers({ study, table }: StudyOnPanel): VersionOffers {
  const named = [...new Set(Object.values(study.variables).flat())];
  return {
    covariances: offeredCovariances(study),
    period: timeExtent(study, table),
    units: [...unitNames(table, study.panel.unit)].map(([key, name]) => ({ key, name })),
    controls: named
      .filter((name) => table.columns[name]?.kind === 'number')
      .map((name) => ({ name, label: study.labels[name] ?? { en: name, zh: name } })),
    hasThresholds: Object.values(study.models).some(({ threshold }) => threshold !== null),
  };
}

/** Covariances that a reader may choose, as they are typed: those of the study first, then the usual ones of a panel. */
export function offeredCovariances({ models, panel: { unit, time } }: StudyOnPanel['study']): readonly string[] {
  const usual = ['iid', 'hc1', `cluster:${unit}`, `cluster:${time}`, `cluster:${unit}+${time}`];
  return [...new Set([...Object.values(models).flatMap(({ vcov }) => vcov), ...usual])];
}

function timeExtent({ panel }: StudyOnPanel['study'], table: StudyOnPanel['table']): VersionOffers['period'] {
  const column = table.columns[panel.time];
  if (column?.kind !== 'number') return null;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column.values) {
    if (value < first) first = value;
    if (value > last) last = value;
  }
  return first <= last ? [first, last] : null;
}
