import { ownEntry } from '../../error/at.ts';
import type { Block } from '../document/contract.ts';
import type { Text } from '../table/contract.ts';
import type { ReportModel } from './outline.ts';
import { comparisonBlocks, truthBlocks } from './sections/comparison.ts';
import { dataBlocks } from './sections/data.ts';
import { measureBlocks } from './sections/measures.ts';
import { panelFileBlocks, panelFileSample, panelFileVariables } from './sections/panel-file.ts';
import { citationBlocks, provenanceBlocks } from './sections/provenance.ts';
import { sampleBlocks } from './sections/sample.ts';

/** A section of the report as data. */
export interface ReportSection {
  readonly id: string;
  readonly title: Text;
  readonly blocks: readonly Block[];
}

/** The sections of a report after its first screen; one without anything to say is left out. */
export function reportSections(report: ReportModel): readonly ReportSection[] {
  const { tables, figures, comparison, truth, isSynthetic, provenance, citation } = report;
  return [
    ...originSections(report),
    {
      id: 'results',
      title: { key: 'report.section_results' },
      blocks: [
        ...tables.map((blocks): Block => ({ kind: 'group', blocks })),
        ...figures.map((figure): Block => ({ kind: 'figure', figure })),
      ],
    },
    ...(comparison.length === 0
      ? []
      : [
          {
            id: 'comparison',
            title: { key: isSynthetic ? 'report.section_comparison_synthetic' : 'report.section_comparison' },
            blocks: comparisonBlocks(comparison, isSynthetic),
          } as const,
        ]),
    ...(truth.length === 0
      ? []
      : [{ id: 'truth', title: { key: 'report.section_truth' }, blocks: truthBlocks(truth) } as const]),
    { id: 'provenance', title: { key: 'report.section_provenance' }, blocks: provenanceBlocks(provenance) },
    { id: 'citation', title: { key: 'report.section_citation' }, blocks: citationBlocks(citation) },
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
