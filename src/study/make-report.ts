import type { AuditResult } from '../audit/contract.ts';
import { StudyError } from '../error/study-error.ts';
import type { FigureModel } from '../output/figure/contract.ts';
import { bilingualList } from '../output/format/bilingual-phrases.ts';
import { refusalText } from '../output/format/error-text/engine.ts';
import type { Headline, MeasureRow, ReportModel, ReportOrigin, SampleLedger } from '../output/report/outline.ts';
import { sourceWords } from '../output/report/source-words.ts';
import type { Phrase, Text } from '../output/table/contract.ts';
import { numberAt } from '../table/cell-at.ts';
import { namesIn } from '../table/expression/ast.ts';
import { parseExpression } from '../table/expression/parse.ts';
import { type BuiltPanel, panelSize } from './build-panel.ts';
import { labelOf } from './exhibit/labels.ts';
import { headlineCoefficient } from './headline-coefficient.ts';
import type { ResolvedMeasure, ResolvedRawStudy } from './language/resolve.ts';
import { methodsOfTable, methodsUsed } from './methods-used.ts';
import type { StudyPanel } from './panel-source/contract.ts';
import { filePanelSize, panelNouns } from './panel-source/panel-nouns.ts';
import { roleOf } from './panel-source/variable-roles.ts';
import { placeNamesOf } from './place-names.ts';
import { reportExhibits } from './report-exhibits.ts';
import type { ReportSources, ResultParts } from './run-parts.ts';
import { refusedTogether } from './sums-account.ts';
import { tableAnswers } from './table-answers.ts';

/** All that the report shows. */
export function makeReport(
  panel: StudyPanel,
  parts: ResultParts & {
    readonly figures: readonly FigureModel[];
    readonly results: object;
    readonly audit: AuditResult | null;
  },
  sources: ReportSources,
): ReportModel {
  const { study } = panel;
  const year = sources.version;
  return {
    language: study.report.language,
    study: {
      id: study.id,
      title: study.title,
      subtitle: study.subtitle,
      authors: study.authors,
      follows: study.follows,
    },
    isSynthetic: parts.isSynthetic,
    hasSamplingError: sources.generator?.sampling ?? false,
    changedByHand: sources.layer?.changed ?? [],
    names: study.labels,
    headline: { size: sizeOf(panel), coefficient: headlineCoefficient(study, parts.tables) },
    hypotheses: parts.hypotheses,
    origin: originOf(panel, parts.data),
    exhibits: reportExhibits(panel.kind === 'raw-tables' ? (panel.left?.whole ?? study) : study, parts).map(
      (exhibit) => {
        const made = parts.tables.find(({ id }) => id === exhibit.table?.[0].table.id);
        return made === undefined ? exhibit : { ...exhibit, methods: methodsOfTable(made) };
      },
    ),
    methods: methodsUsed(parts.tables, Object.values(parts.untabled).flat()),
    answers: Object.fromEntries(
      parts.tables.flatMap((table) => {
        // The lines of other programs open a panel that was written.
        const answers = sources.panelSha256 === null ? null : tableAnswers(table, study, panel.table);
        return answers === null ? [] : [[table.id, answers] as const];
      }),
    ),
    comparison: parts.comparison,
    ...(parts.audit === null ? {} : { audit: parts.audit }),
    truth: parts.truth,
    provenance: { entries: [...provenanceEntries(panel, sources), ...sumsEntries(parts.sums)], inputs: sources.inputs },
    citation: {
      text: { key: 'report.citation', values: { year: String(year), title: study.title, id: study.id } },
      bibtex: `@software{kaya,\n  title = {Kaya: a study engine for panel econometrics},\n  version = {${sources.version}},\n  note = {Study ${study.id}}\n}`,
    },
    results: parts.results,
  };
}

function originOf(panel: StudyPanel, data: ResultParts['data']): ReportOrigin {
  if (panel.kind === 'panel-file') {
    if ('kind' in data) return { kind: 'panel-file', data, nouns: panelNouns(panel.study, data.shape) };
    throw new StudyError('internal', { reason: 'the account of raw tables with a ready panel' });
  }
  if ('kind' in data) throw new StudyError('internal', { reason: 'the account of a ready panel with raw tables' });
  const { study, built } = panel;
  const measures = study.measures.map((measure) => measureRow(study, measure, built));
  return { kind: 'raw-tables', ledger: ledgerOf(study, built), data, measures };
}

/** The numbers of the first screen before the coefficient. */
function sizeOf(panel: StudyPanel): Headline['size'] {
  if (panel.kind === 'panel-file') return filePanelSize(panel);
  const { units, observations } = panelSize(panel.built);
  const [first, last] = panel.study.panel.years;
  return [
    { label: { key: 'report.cities' }, value: { key: 'report.count', values: { count: units } } },
    { label: { key: 'report.years' }, value: `${first}\u2013${last}` },
    { label: { key: 'report.observations' }, value: { key: 'report.count', values: { count: observations } } },
  ];
}

/** The account of the sample: the gazetteer, then the universe, then the study's own rules. */
function ledgerOf(study: ResolvedRawStudy, built: BuiltPanel): SampleLedger {
  const { sampleLedger } = built;
  const size = panelSize(built);
  const nameOf = placeNamesOf(built);
  const [first, last] = study.panel.years;
  const steps = study.panel.exclude.map((rule, i) => ({
    rule: bilingualList([...rule.cities, ...rule.provinces].map(nameOf)),
    reason: rule.reason,
    citiesOut: numberAt(sampleLedger, 'cities_out', i + 2),
    citiesLeft: numberAt(sampleLedger, 'cities_left', i + 2),
    isAssumption: rule.assumption,
  }));
  return {
    universe: {
      label:
        study.panel.universe === null
          ? { key: 'ledger.all_places', values: { gazetteer: numberAt(sampleLedger, 'cities_left', 0) } }
          : {
              key: 'ledger.universe',
              values: { flag: study.panel.universe, gazetteer: numberAt(sampleLedger, 'cities_left', 0) },
            },
      cities: numberAt(sampleLedger, 'cities_left', 1),
    },
    steps,
    cities: size.units,
    observations: size.observations,
    years: last - first + 1,
  };
}

function measureRow(
  study: ResolvedRawStudy,
  measure: ResolvedMeasure,
  { cellLedger, vocabulary }: BuiltPanel,
): MeasureRow {
  const names = namesIn(parseExpression(measure.formula));
  const row = study.measures.indexOf(measure);
  const count = (column: string): number => numberAt(cellLedger, column, row);
  const key = measure.missing.method === 'linear' ? 'measures.missing_linear' : 'measures.missing_keep';
  return {
    id: measure.id,
    symbol: labelOf(study, measure.id),
    name: measure.label,
    role: { key: `role.${roleOf(study, measure.id)}` },
    unit: measure.unit,
    formula: measure.formula,
    inputs: vocabulary.derived
      .filter(({ id }) => names.includes(id))
      .map(({ id, unit, method }) => ({ id, unit: unit.text, method })),
    cells: { observed: count('observed'), interpolated: count('interpolated'), missing: count('missing') },
    source: measure.source ?? 'study.yaml',
    missingRule: { key },
    assumption: measure.note,
  };
}

function provenanceEntries(panel: StudyPanel, sources: ReportSources) {
  const entry = (key: Phrase['key'], value: string | number): { label: Text; value: string } => ({
    label: { key },
    value: String(value),
  });
  return [
    entry('provenance.version', sources.version),
    entry('provenance.engine', sources.engine),
    ...(sources.generator === null
      ? []
      : [
          entry('provenance.generator', sources.generator.version),
          entry('provenance.seed', sources.generator.seed),
          entry('provenance.scale', sources.generator.scale),
        ]),
    entry('provenance.study_sha256', sources.studySha256),
    ...(sources.panelSha256 === null ? [] : [entry('provenance.panel_sha256', sources.panelSha256)]),
    ...(panel.kind === 'raw-tables' ? rawEntries(panel.built) : []),
  ];
}

/** Which models an engine made the sums of, and why not the others. */
function sumsEntries(sums: ResultParts['sums']): { label: Text; value: Text }[] {
  if (sums === null) return [];
  const { version, models } = sums;
  return [
    { label: { key: 'provenance.sums', values: { engine: version } }, value: models.join(', ') },
    ...refusedTogether(sums).map(({ models: own, refused }) => ({
      label: { key: 'provenance.in_memory', values: { models: own.join(', ') } } as const,
      value: refusalText(refused),
    })),
  ];
}

function rawEntries(built: BuiltPanel): { label: Text; value: string }[] {
  return [
    ...built.sources.map(({ source, rowsRead }) => ({
      label: { key: 'provenance.rows_read', values: { source: sourceWords(source) } } as const,
      value: String(rowsRead),
    })),
    ...built.sources
      .filter(({ source }) => source === 'registry')
      .map(({ rowsUsed }) => ({ label: { key: 'provenance.ai_firms' } as const, value: String(rowsUsed) })),
  ];
}
