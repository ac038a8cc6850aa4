import type { AuditResult } from '../audit/contract.ts';
import type { TrueModel } from '../domain/contract.ts';
import type { ReplicateRunner } from '../model/replicate/contract.ts';
import type { FigureModel } from '../output/figure/contract.ts';
import { houseStyleOf } from '../output/format/house/catalog.ts';
import type { HypothesisRow, ReportModel } from '../output/report/outline.ts';
import type { ComparisonRow } from '../output/table/comparison-table.ts';
import type { TruthRow } from '../output/table/truth-table.ts';
import { accountData } from './account-data.ts';
import { estimatesOfTruth } from './compare-truth.ts';
import { estimateModels, type ModelsBeside, type ModelTask } from './estimate-models.ts';
import type { EstimatedModels } from './estimated.ts';
import { figureKindOf, tableKindOf } from './exhibit/catalog.ts';
import type { StudyTable } from './exhibit/contract.ts';
import { makeFigure, makeTable } from './exhibit/make.ts';
import { judgeHypothesis } from './judge-hypotheses.ts';
import type { PublishedNumber } from './language/published.ts';
import { makeReport } from './make-report.ts';
import { accountFiles } from './panel-source/account-files.ts';
import type { StudyPanel } from './panel-source/contract.ts';
import { type PrintedDocument, printedDocument } from './printed-tables.ts';
import { resultsDocument } from './results-document.ts';
import type { ReportSources } from './run-parts.ts';
import { type AuthorsAccount, printedAccount } from './version/account.ts';

/** What a study is run on once its panel stands. */
export interface RunInput {
  readonly panel: StudyPanel;
  /** Holds the panel as table `panel`. */
  readonly published: readonly PublishedNumber[];
  /** What the printed numbers say of each other; left out: nothing is shown of it. */
  readonly audit?: AuditResult | null;
  /** Of a synthetic raw layer that has its truth.json; none otherwise. */
  readonly truth: readonly TrueModel[];
  /** Ids of the tables and figures to make; empty: all. */
  readonly only: readonly string[];
  readonly sources: ReportSources;
  /** Runs the replicates of threshold tests; left out: here. */
  readonly replicates?: ReplicateRunner;
  /** Estimates models beside this thread; left out: all are estimated here. */
  readonly beside?: (task: ModelTask, ids: readonly string[]) => ModelsBeside;
  readonly onStep: (id: 'models' | 'tables' | 'report') => void;
  /** Before each model; waited for. Left out: nothing is. */
  readonly onModel?: () => Promise<void>;
}

/** Everything that a run leaves, as data and text. */
export interface StudyOutcome {
  readonly tables: readonly StudyTable[];
  /** Models that no table shows. */
  readonly untabled: EstimatedModels;
  readonly figures: readonly FigureModel[];
  readonly hypotheses: readonly HypothesisRow[];
  readonly comparison: readonly ComparisonRow[];
  readonly truth: readonly TruthRow[];
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
  const { panel, only } = input;
  const left = panel.kind === 'raw-tables' ? (panel.left ?? null) : null;
  // A column that has another number now is not the one that was printed under its old number.
  const published = input.published.filter(({ table }) => left?.renumbered.has(table) !== true);
  const unmade = left?.unmade ?? [];
  const { study, table: rows } = panel;
  const { isSynthetic } = input.sources;
  const isWanted = ({ id }: { readonly id: string }): boolean => only.length === 0 || only.includes(id);
  const wantedFigures = study.figures.filter(isWanted);
  const neededTables = study.tables.filter(
    (table) =>
      isWanted(table) || wantedFigures.some((figure) => figureKindOf(figure).tables(figure, study).includes(table.id)),
  );

  input.onStep('models');
  const models = await estimateModels(study, rows, {
    run: input.replicates ?? null,
    onModel: input.onModel,
    beside: input.beside,
  });
  input.onStep('tables');
  const house = houseStyleOf(study.report.style ?? '');
  const counted = panel.kind === 'raw-tables' ? (panel.built.counted?.words ?? null) : null;
  const context = { study, panel: rows, models, isSynthetic, house, counted };
  const tables = neededTables.map((table) => makeTable(table, context));
  const hypotheses = study.hypotheses.flatMap((hypothesis) => judgeHypothesis(hypothesis, tables, models) ?? []);
  const figures = wantedFigures.map((figure) =>
    makeFigure(figure, {
      ...context,
      ...{ number: String(study.figures.indexOf(figure) + 1), tables, verdicts: hypotheses },
    }),
  );
  const printedNumbers = printedAccount(published, tables);
  const truths = estimatesOfTruth(input.truth, models);
  const comparison = printedNumbers.map(({ row }) => row);
  const truth = truths.map(({ row }) => row);

  input.onStep('report');
  const data =
    panel.kind === 'raw-tables' ? accountData(panel.study, panel.built, tables) : accountFiles(panel, tables);
  const tabled = study.tables.flatMap((table) => tableKindOf(table).coefficientModels(table));
  const isTabled = (id: string): boolean => tabled.includes(id);
  const untabled = Object.fromEntries(Object.entries(models).filter(([id]) => !isTabled(id)));
  const parts = { tables, untabled, figures, hypotheses, comparison, truth, data, isSynthetic, unmade };
  const results = resultsDocument(study, parts, input.sources);
  const printed = printedDocument(study, tables, input.sources.version);
  const report = makeReport(panel, { ...parts, results, audit: input.audit ?? null }, input.sources);
  const account = { size: report.headline.size, printed: printedNumbers, truths };
  return { ...parts, results, printed, report, account };
}
