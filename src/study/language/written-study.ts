import { at, entryOf } from '../../error/at.ts';
import type { ResolvedMeasure, ResolvedRawStudy, StudyCore } from './resolve.ts';
import type { ResolvedJoin, ResolvedPanelFileStudy } from './resolve-panel-file.ts';
import type { RawStudySpec, StudyCoreSpec } from './spec.ts';
import type { PanelFileSpec } from './spec-panel-file.ts';

/**
 * A study as a study file with every default written out: what `kaya study check --resolved` prints, and itself a study that
 * checks and resolves to the same.
 * @param spec the study file as it was read, plain defaults filled in
 * @param study what it resolves to
 */
export function writtenStudy(spec: RawStudySpec, study: ResolvedRawStudy): Record<string, unknown> {
  return {
    ...spec,
    ...writtenCore(spec, study),
    panel: {
      ...spec.panel,
      exclude: spec.panel.exclude.map((rule, i) => ({ ...rule, reason: at(study.panel.exclude, i).reason })),
    },
    measures: spec.measures.map((measure, i) => writtenMeasure(measure, at(study.measures, i))),
  };
}

/** The same of a study about a ready panel. */
export function writtenPanelFileStudy(spec: PanelFileSpec, study: ResolvedPanelFileStudy): Record<string, unknown> {
  return {
    ...spec,
    ...writtenCore(spec, study),
    data: {
      ...spec.data,
      panel: study.data.files,
      join: study.data.join.map((join) => present({ ...join, by: writtenKeys(join.by) })),
    },
    panel: {
      ...spec.panel,
      nouns: present(study.nouns),
      sample: study.sample.map(({ kind, where, reason, assumption }) => ({ [kind]: where.text, reason, assumption })),
    },
    derived: Object.fromEntries(
      study.derived.map(({ name, kind, formula, ...rest }) => [
        name,
        { [kind === 'condition' ? 'where' : 'formula']: formula, ...present(rest) },
      ]),
    ),
  };
}

/** Keys as a study file gives them. */
function writtenKeys(by: ResolvedJoin['by']): Record<string, string> {
  return Object.fromEntries(by.map(({ left, right }) => [left, right]));
}

function writtenCore(spec: StudyCoreSpec, study: StudyCore): Record<string, unknown> {
  return {
    title: study.title,
    ...present({ subtitle: study.subtitle, authors: study.authors, follows: study.follows }),
    labels: study.labels,
    models: Object.fromEntries(
      Object.entries(spec.models).map(([id, model]) => {
        const resolved = entryOf(study.models, id);
        const { vcov, ssc } = resolved;
        return [id, { ...model, vcov, ssc, ...labelledSamples(model.samples, resolved) }];
      }),
    ),
    tables: study.tables,
    figures: study.figures,
    hypotheses: study.hypotheses.map(({ path, stricter, ...claim }) => ({
      ...present({ ...claim }),
      ...(stricter === null ? {} : { stricter: present({ ...stricter }) }),
      ...(path.length === 0
        ? {}
        : { path: path.map(({ via, ...one }) => present({ ...one, via: via.length === 0 ? null : via })) }),
    })),
  };
}

type Measure = RawStudySpec['measures'][number];

function writtenMeasure(measure: Measure, resolved: ResolvedMeasure): Record<string, unknown> {
  const own = typeof measure === 'string' ? { id: measure } : measure;
  const { method, ends, maxGap, scale } = resolved.missing;
  const rule = method === 'keep' ? 'keep' : { method, ends, ...present({ max_gap: maxGap }), scale };
  return {
    ...own,
    ...resolved.options,
    ...(resolved.isNew ? { formula: resolved.formula, unit: resolved.unit.en, label: resolved.label } : {}),
    missing: rule,
  };
}

function labelledSamples(
  samples: RawStudySpec['models'][string]['samples'],
  resolved: ResolvedRawStudy['models'][string],
): Record<string, unknown> {
  if (samples === undefined) return {};
  return { samples: samples.map((sample, i) => ({ ...sample, label: at(resolved.samples, i).label })) };
}

function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
