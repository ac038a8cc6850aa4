import { ownEntry } from '../../error/at.ts';
import type { Block } from '../document/contract.ts';
import { auditBlocks } from '../document/results/audit.ts';
import { told } from '../table/audit/words.ts';
import type { Phrase, Text } from '../table/contract.ts';
import type { ReportExhibit, ReportModel, ReportPart } from './outline.ts';
import { comparisonSection, truthSection } from './sections/comparison.ts';
import { dataBlocks } from './sections/data.ts';
import { measureBlocks } from './sections/measures.ts';
import { methodBlocks } from './sections/methods.ts';
import { panelFileBlocks, panelFileSample, panelFileVariables } from './sections/panel-file.ts';
import { citationBlocks, provenanceBlocks } from './sections/provenance.ts';
import { sampleBlocks } from './sections/sample.ts';

/** A section of the report as data. */
export interface ReportSection {
  readonly id: string;
  readonly title: Text;
  readonly blocks: readonly Block[];
  /** What its blocks are where they are tables and figures of the study; none in other sections. */
  readonly exhibits?: readonly ReportExhibit[];
}

/** The sections of a report after its first screen; one without anything to say is left out. */
export function reportSections(report: ReportModel): readonly ReportSection[] {
  const {
    methods = [],
    comparison,
    audit,
    truth,
    isSynthetic,
    hasSamplingError = false,
    provenance,
    citation,
  } = report;
  return [
    ...exhibitSection(report, 'results'),
    ...exhibitSection(report, 'robustness'),
    ...(comparison.length === 0 ? [] : [comparisonSection(comparison, isSynthetic, hasSamplingError)]),
    ...(audit === undefined || audit.findings.length + audit.passes.length === 0
      ? []
      : [{ id: 'audit', title: told('section'), blocks: auditBlocks(audit) } as const]),
    ...(truth.length === 0 ? [] : [truthSection(truth, hasSamplingError)]),
    ...exhibitSection(report, 'data'),
    ...originSections(report),
    ...(methods.length === 0
      ? []
      : [{ id: 'methods', title: { key: 'report.section_methods' }, blocks: methodBlocks(methods) } as const]),
    { id: 'provenance', title: { key: 'report.section_provenance' }, blocks: provenanceBlocks(provenance) },
    { id: 'citation', title: { key: 'report.section_citation' }, blocks: citationBlocks(citation) },
  ];
}

/** The tables and figures of one part of the report; no section where there are none. */
function exhibitSection({ exhibits }: ReportModel, part: ReportPart): readonly ReportSection[] {
  const own = exhibits.filter((exhibit) => exhibit.part === part);
  if (own.length === 0) return [];
  const [id, title] = exhibitHeadings[part];
  return [{ id, title: { key: title }, blocks: own.flatMap(exhibitBlocks), exhibits: own }];
}

const exhibitHeadings = {
  results: ['results', 'report.section_results'],
  robustness: ['robustness', 'report.section_robustness'],
  data: ['described', 'report.section_described'],
} as const satisfies Record<ReportPart, readonly [string, Phrase['key']]>;

function exhibitBlocks({ table, figures, notes = [] }: ReportExhibit): readonly Block[] {
  return [
    ...notes.map((about): Block => ({ kind: 'note', about })),
    ...(table === null ? [] : [{ kind: 'group', blocks: table } as const]),
    ...figures.map((figure): Block => ({ kind: 'figure', figure })),
  ];
}

/** How the panel came about, and its variables. */
function originSections({ origin, names = {}, isSynthetic }: ReportModel): readonly ReportSection[] {
  if (origin.kind === 'panel-file') {
    const symbolOf = (variable: string): Text => ownEntry(names, variable) ?? variable;
    const { data, nouns } = origin;
    return [
      { id: 'sample', title: { key: 'report.section_sample_file' }, blocks: panelFileSample(data, nouns) },
      { id: 'data', title: { key: 'report.section_data' }, blocks: panelFileBlocks(data, nouns, symbolOf) },
      { id: 'variables', title: { key: 'report.section_variables' }, blocks: panelFileVariables(data, symbolOf) },
    ];
  }
  const symbols = new Map(origin.measures.map(({ id, symbol }) => [id, symbol]));
  const symbolOf = (variable: string): Text => symbols.get(variable) ?? variable;
  return [
    { id: 'sample', title: { key: 'report.section_sample' }, blocks: sampleBlocks(origin.ledger) },
    { id: 'data', title: { key: 'report.section_data' }, blocks: dataBlocks(origin.data, symbolOf, isSynthetic) },
    { id: 'measures', title: { key: 'report.section_measures' }, blocks: measureBlocks(origin.measures) },
  ];
}
