import type { IndicatorDefinition } from '../../data/source/contract.ts';
import { type RowCondition, readRowCondition } from '../../table/condition/row-condition.ts';
import type { PeriodStep } from '../../table/time/period-step.ts';
import { readPeriodStep } from '../../table/time/period-step.ts';
import { fileLabels, type HeldLabels } from '../panel-source/file-labels.ts';
import { type Bilingual, bilingual } from './bilingual.ts';
import { indicatorOf } from './load-pack.ts';
import { resolveCore, type StudyCore } from './resolve.ts';
import type { PanelFileSpec } from './spec-panel-file.ts';

/** A study about a ready panel with every default visible. */
export interface ResolvedPanelFileStudy extends StudyCore {
  /** The pack that it names; null: none. */
  readonly pack: string | null;
  readonly data: {
    /** Stacked in this order; relative to the study file. */
    readonly files: readonly string[];
    /** Folder of raw tables that the panel is made of; null: of `files`. */
    readonly tables: string | null;
    readonly series: readonly IndicatorDefinition[];
    readonly priority: readonly string[];
    readonly join: readonly ResolvedJoin[];
    readonly text: readonly string[];
    readonly number: readonly string[];
    readonly missing: readonly string[];
  };
  readonly panel: { readonly unit: string; readonly time: string; readonly step: PeriodStep | null };
  readonly groups: readonly string[];
  /** How counts call units and periods; null: made of their labels. */
  readonly nouns: { readonly unit: Bilingual | null; readonly time: Bilingual | null };
  readonly sample: readonly ResolvedSampleRule[];
  readonly derived: readonly ResolvedDerived[];
}

export interface ResolvedJoin {
  readonly file: string;
  /** Keys as the panel and the file call them. */
  readonly by: readonly { readonly left: string; readonly right: string }[];
  /** Null: all but the keys. */
  readonly columns: readonly string[] | null;
  readonly match: '1:1' | 'm:1' | '1:m';
  readonly unmatched: 'keep' | 'drop' | 'error';
}

export interface ResolvedSampleRule {
  readonly kind: 'keep' | 'exclude';
  readonly where: RowCondition;
  readonly reason: Bilingual;
  readonly assumption: boolean;
}

export interface ResolvedDerived {
  readonly name: string;
  readonly formula: string;
  /** A condition makes a dummy: 1, 0, or missing where it is unknown. */
  readonly kind: 'expression' | 'condition';
  /** Null: the name. */
  readonly label: Bilingual | null;
  readonly unit: Bilingual | null;
}

function keysOf(by: PanelFileSpec['data']['join'][number]['by']): ResolvedJoin['by'] {
  if (typeof by === 'string') return [{ left: by, right: by }];
  if (Array.isArray(by)) return by.map((name) => ({ left: name, right: name }));
  return Object.entries(by).map(([left, right]) => ({ left, right }));
}

/** The expression or condition of a derived variable, however it is written. */
export function derivedFormula(
  written: PanelFileSpec['derived'][string],
): Pick<ResolvedDerived, 'kind' | 'formula'> & { readonly key: readonly string[] } {
  if (typeof written === 'string') return { kind: 'expression', formula: written, key: [] };
  const { formula, where } = written;
  if (formula === undefined) return { kind: 'condition', formula: where ?? '', key: ['where'] };
  return { kind: 'expression', formula, key: ['formula'] };
}

/**
 * Writes out what a valid study file about a ready panel leaves open.
 * @param held labels that the files give their columns
 */
export function resolvePanelFileStudy(
  spec: PanelFileSpec,
  held: HeldLabels = { labels: {}, valueTexts: {} },
): ResolvedPanelFileStudy {
  const derived = Object.entries(spec.derived).map(([name, written]): ResolvedDerived => {
    const { kind, formula } = derivedFormula(written);
    const { label, unit } = typeof written === 'string' ? { label: undefined, unit: undefined } : written;
    return {
      name,
      kind,
      formula,
      label: label === undefined ? null : bilingual(label),
      unit: unit === undefined ? null : bilingual(unit),
    };
  });
  const { unit, time, step } = spec.panel;
  const usual = [unit, time].map((name) => [name, bilingual(name)] as const);
  const ofFiles = Object.entries(fileLabels(held)).map(([name, label]) => [name, bilingual(label)] as const);
  const ofDerived = derived.flatMap(({ name, label }) => (label === null ? [] : [[name, label] as const]));
  return {
    ...resolveCore(spec, Object.fromEntries([...usual, ...ofFiles, ...ofDerived])),
    pack: spec.pack ?? null,
    data: {
      files: typeof spec.data.panel === 'string' ? [spec.data.panel] : (spec.data.panel ?? []),
      tables: spec.data.tables ?? null,
      series: Object.entries(spec.data.series).map(([id, written]) => indicatorOf(id, written)),
      priority: spec.data.priority,
      join: spec.data.join.map(({ by, columns, ...rest }) => ({
        ...rest,
        by: keysOf(by),
        columns: columns ?? null,
      })),
      text: spec.data.text,
      number: spec.data.number,
      missing: spec.data.missing,
    },
    panel: { unit, time, step: step === undefined ? null : readPeriodStep(String(step)) },
    groups: spec.panel.groups,
    nouns: {
      unit: spec.panel.nouns.unit === undefined ? null : bilingual(spec.panel.nouns.unit),
      time: spec.panel.nouns.time === undefined ? null : bilingual(spec.panel.nouns.time),
    },
    sample: spec.panel.sample.map(({ keep, exclude, reason, assumption }) => ({
      kind: keep === undefined ? 'exclude' : 'keep',
      where: readRowCondition(keep ?? exclude ?? ''),
      reason: bilingual(reason),
      assumption,
    })),
    derived,
  };
}
