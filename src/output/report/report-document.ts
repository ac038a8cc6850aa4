import type { Block, Document } from '../document/contract.ts';
import type { ReportModel } from './outline.ts';
import { openingBlocks } from './sections/opening.ts';
import { reportSections } from './sections.ts';

/** The report as a document, for every format but its own page: what the page shows, section by section. */
export function reportDocument(report: ReportModel): Document {
  return {
    title: report.study.title,
    blocks: [
      { kind: 'heading', text: report.study.title },
      ...openingBlocks(report),
      ...reportSections(report).flatMap(({ title, blocks }): readonly Block[] => [
        { kind: 'heading', text: title },
        ...blocks,
      ]),
    ],
    data: report.results,
  };
}
