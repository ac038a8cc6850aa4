import type { AuditResult } from '../audit/contract.ts';
import type { TrueModel } from '../domain/contract.ts';
import type { FigureModel } from '../output/figure/contract.ts';
import type { HypothesisRow, ReportModel } from '../output/report/outline.ts';
import type { ComparisonRow } from '../output/table/comparison-table.ts';
import type { TruthRow } from '../output/table/truth-table.ts';
import { accountData } from './account-data.ts';
import { estimatesOfTruth } from './compare-truth.ts';
import type { EstimatedModels } from './estimated.ts';
import { tableKindOf } from './exhibit/catalog.ts';
import type { StudyTable } from './exhibit/contract.ts';
import type { PublishedNumber } from './language/published.ts';
import { type ExhibitInput, makeExhibits } from './make-exhibits.ts';
import { makeReport } from './make-report.ts';
import { accountFiles } from './panel-source/account-files.ts';
import type { StudyPanel } from './panel-source/contract.ts';
import { type PrintedDocument, printedDocument } from './printed-tables.ts';
import { resultsDocument } from './results-document.ts';
import type { ReportSources } from './run-parts.ts';
import { type SumsAccount, sumsAccount } from './sums-account.ts';
import { type AuthorsAccount, printedAccount } from './version/account.ts';

/** What a study is run on once its panel stands. */
export interface RunInput extends ExhibitInput {
  readonly published: readonly PublishedNumber[];
  /** What the printed numbers say of each other; left out: nothing is shown of it. */
  readonly audit?: AuditResult | null;
  /** Of a synthetic raw layer that has its truth.json; none otherwise. */
  readonly truth: readonly TrueModel[];
  readonly sources: ReportSources;
  readonly onStep: (id: 'models' | 'tables' | 'report') => void;
}

/** Everything that a run leaves, as data and text. */
export interface StudyOutcome {
  /** The study as far as it was made, on its panel. */
  readonly panel: StudyPanel;
  readonly tables: readonly StudyTable[];
  /** Models that no table shows. */
  readonly untabled: EstimatedModels;
  readonly figures: readonly FigureModel[];
  readonly hypotheses: readonly HypothesisRow[];
  readonly comparison: readonly ComparisonRow[];
  readonly truth: readonly TruthRow[];
  readonly sums: SumsAccount | null;
  /** The document of results.json. */
  readonly results: object;
  /** The document of printed.json. */
  readonly printed: PrintedDocument;
  readonly report: ReportModel;
  /** What a version of a reader counts anew. */
  readonly account: AuthorsAccount;
}

/** From the panel to tables, figures, verdicts and the report. Writes nothing. */
export async function runStudy(input: RunInput): Promise<StudyOutcome> {
  const { panel, models, tables, figures, hypotheses } = await makeExhibits(input);
  const { study } = panel;
  const left = panel.kind === 'raw-tables' ? (panel.left ?? null) : null;
  // A column that has another number now is not the one that was printed under its old number.
  const published = input.published.filter(({ table }) => left?.renumbered.has(table) !== true);
  const unmade = left?.unmade ?? [];
  const { isSynthetic } = input.sources;
  const printedNumbers = printedAccount(published, tables);
  const truths = estimatesOfTruth(input.truth, models);
  const comparison = printedNumbers.map(({ row }) => row);
  const truth = truths.map(({ row }) => row);

  input.onStep('report');
  const data = panel.kind === 'raw-tables' ? accountData(panel, tables) : accountFiles(panel, tables);
  const tabled = study.tables.flatMap((table) => tableKindOf(table).coefficientModels(table));
  const isTabled = (id: string): boolean => tabled.includes(id);
  const untabled = Object.fromEntries(Object.entries(models).filter(([id]) => !isTabled(id)));
  const sums = input.sources.sums === undefined ? null : sumsAccount(models, input.sources.sums);
  const parts = { sums, tables, untabled, figures, hypotheses, comparison, truth, data, isSynthetic, unmade };
  const results = resultsDocument(study, parts, input.sources);
  const printed = printedDocument(study, tables, input.sources.version);
  const report = makeReport(panel, { ...parts, results, audit: input.audit ?? null }, input.sources);
  const account = { size: report.headline.size, printed: printedNumbers, truths };
  return { panel, ...parts, results, printed, report, account };
}
