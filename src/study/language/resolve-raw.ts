import type { DeclaredHeader } from '../../data/clean/header.ts';
import type { CellRule } from '../../data/clean/settle.ts';
import type { FileYear } from '../../data/clean/subject.ts';
import { type FillRule, fillRule } from '../../data/panel/fill.ts';
import type { RawStudySpec } from './spec.ts';

/** A rule about raw cells with the reason that the study gives. */
export interface ResolvedCellRule extends CellRule {
  readonly reason: string;
}

/** Where the raw tables are, and what is mended in them. */
export interface ResolvedData {
  readonly raw: string;
  readonly synthetic: NonNullable<RawStudySpec['data']['synthetic']> | null;
  /** How the firms of the registry tables are found and counted. */
  readonly registry: Readonly<RawStudySpec['data']['registry']>;
  readonly zeroIsMissing: Readonly<Record<string, boolean>>;
  /** Sheets that are read of a file below the raw folder; of the others all. */
  readonly sheets: Readonly<Record<string, readonly string[]>>;
  readonly priority: readonly string[];
  /** Headers that the study declares. */
  readonly headers: readonly DeclaredHeader[];
  /** What the year in a file's name is, by the beginning of its path. */
  readonly fileYears: Readonly<Record<string, FileYear>>;
  readonly rules: readonly ResolvedCellRule[];
}

export function resolveData(data: RawStudySpec['data']): ResolvedData {
  return {
    raw: data.raw,
    synthetic: data.synthetic ?? null,
    registry: data.registry,
    zeroIsMissing: data.zero_is_missing,
    sheets: data.sheets,
    priority: data.priority,
    headers: Object.entries(data.headers).map(([header, entry]) => {
      const { indicator, unit } = typeof entry === 'string' ? { indicator: entry, unit: undefined } : entry;
      return { header, indicator: indicator === 'none' ? null : indicator, unit: unit ?? null };
    }),
    fileYears: data.file_years,
    rules: data.rules.map((rule) => ({
      indicator: rule.indicator,
      file: rule.file ?? null,
      places: rule.cities ?? null,
      years: rule.years === undefined ? null : typeof rule.years === 'number' ? [rule.years, rule.years] : rule.years,
      action: actionOf(rule),
      reason: rule.reason,
    })),
  };
}

function actionOf(rule: RawStudySpec['data']['rules'][number]): CellRule['action'] {
  if (rule.divide !== undefined) return { kind: 'divide', by: rule.divide };
  if (rule.multiply !== undefined) return { kind: 'multiply', by: rule.multiply };
  return rule.value === undefined ? { kind: 'missing' } : { kind: 'set', value: rule.value };
}

type WrittenFill = Extract<RawStudySpec['measures'][number], object>['missing'];

/** The rule of filling that a measure has: the study's own, else the usual one. */
export function resolveFill(written: WrittenFill, usual: FillRule['method']): FillRule {
  if (written === undefined) return fillRule(usual);
  if (typeof written === 'string') return fillRule(written);
  const { method, ends, max_gap, scale } = written;
  return { method, ends, maxGap: max_gap ?? null, scale };
}
