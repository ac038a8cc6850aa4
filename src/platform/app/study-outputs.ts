import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { isStudyError } from '../../error/study-error.ts';
import { blockDocument } from '../../output/document/blocks.ts';
import type { Document, RasterImage } from '../../output/document/contract.ts';
import { renderFigure } from '../../output/document/figure/svg-figure.ts';
import { printDocument } from '../../output/document/print-document.ts';
import { printers } from '../../output/document/printers.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { Language } from '../../output/format/text-key.ts';
import type { LivingParts } from '../../output/report/living-parts.ts';
import { reportDocument } from '../../output/report/report-document.ts';
import { renderReport } from '../../output/report/self-contained-html.ts';
import { detailsDocument } from '../../study/exhibit/details.ts';
import type { StudyCore } from '../../study/language/resolve.ts';
import { printStyleOf } from '../../study/printed-tables.ts';
import type { StudyOutcome } from '../../study/run.ts';
import type { ReportSources } from '../../study/run-parts.ts';
import { type RasterThread, rasterThread } from '../figure/raster-thread.ts';
import { logName, manifestName, manifestText, printedName, type RunManifest, resultsName } from '../store/manifest.ts';
import { withSlashes } from '../store/slashes.ts';
import type { Stage } from '../store/stage.ts';
import type { StaleOutputs } from '../store/stale-outputs.ts';
import type { CommandContext } from './context.ts';
import { machineGzip } from './living-parts.ts';
import { pagePdf } from './page-pdf.ts';
import { type AnyLocatedStudy, writtenAnyStudy } from './read-study.ts';
import type { StepClock } from './step-clock.ts';

/** Every format that a table is a file of. */
const tableFormats = printers.filter(({ medium }) => medium === 'page' || medium === 'records');

/** Formats that are for a paper: what stands behind a table is not written in them. */
const onlyPrinted = ['docx', 'typst'] as const;

interface OutcomeOptions {
  readonly isWhole: boolean;
  /** What makes the report live; null: nothing does. */
  readonly living: LivingParts | null;
  /** Null: as many as the machine has. */
  readonly threads: number | null;
  readonly warn: (text: string) => void;
}

/** Tables, figures and, when the run is whole, results.json and the report, as a page and for a word processor. */
export async function writeOutcome(
  stage: Stage,
  outcome: StudyOutcome,
  study: StudyCore,
  options: OutcomeOptions,
): Promise<void> {
  const points = rasterThread(options.threads ?? availableParallelism());
  try {
    await writeParts(stage, outcome, study, { ...options, points });
  } finally {
    await points.close();
  }
}

async function writeParts(
  stage: Stage,
  outcome: StudyOutcome,
  study: StudyCore,
  { isWhole, living, warn, points }: OutcomeOptions & { readonly points: RasterThread },
): Promise<void> {
  const { language } = study.report;
  const style = printStyleOf(study);
  // The drawings become points on another thread while the tables are written, and after them the report a file with those drawings.
  const drawings = outcome.figures.map((figure) => {
    const svg = renderFigure(figure, language, { width: figure.width ?? 'column' });
    stage.write(`figures/${figure.id}.svg`, svg);
    const image = points.raster(svg);
    // A failure that comes before it is waited for is heard there.
    image.catch(() => undefined);
    return { name: `figures/${figure.id}.png`, image };
  });
  const docx = isWhole ? points.docx(reportDocument(outcome.report), style) : null;
  docx?.catch(() => undefined);
  for (const table of outcome.tables) {
    const [printed] = table.blocks;
    const details = detailsDocument(table);
    for (const { id: format, endings } of tableFormats) {
      const write = async (name: string, document: Document): Promise<void> =>
        stage.write(`tables/${name}.${endings[0]}`, await printDocument(document, format, style));
      await write(table.id, blockDocument(printed));
      if (details !== null && !onlyPrinted.some((one) => one === format)) await write(`${table.id}-details`, details);
    }
  }
  if (isWhole) {
    stage.write(resultsName, `${JSON.stringify(outcome.results, null, 1)}\n`);
    stage.write(printedName, `${JSON.stringify(outcome.printed, null, 1)}\n`);
    stage.write('report.html', renderReport(outcome.report, style.numbers, living, machineGzip));
  }
  await writePoints(stage, drawings, language, warn);
  if (docx !== null) stage.write('report.docx', await docx);
}

/** The report as PDF; where the browser makes none, the run goes on and says why. */
export async function writePdf(
  stage: Stage,
  browser: string,
  { language, progress, signal }: Pick<CommandContext, 'language' | 'progress' | 'signal'>,
): Promise<void> {
  try {
    stage.write('report.pdf', await pagePdf(stage.path('report.html'), browser, signal));
  } catch (error) {
    if (!isStudyError(error, 'figure-unprintable')) throw error;
    const values = { files: 'report.pdf', why: describeError(error, language) };
    progress.warn(formatText({ key: 'run.figures_left_out', values }, language));
  }
}

/** Every figure as points; where the machine cannot make them, the run goes on and says what is missing. */
async function writePoints(
  stage: Stage,
  drawings: readonly { readonly name: string; readonly image: Promise<RasterImage> }[],
  language: Language,
  warn: (text: string) => void,
): Promise<void> {
  const leftOut = new Map<string, string[]>();
  for (const { name, image } of drawings) {
    try {
      stage.write(name, (await image).png);
    } catch (error) {
      if (!isStudyError(error, 'figure-unprintable')) throw error;
      const why = describeError(error, language);
      leftOut.set(why, [...(leftOut.get(why) ?? []), name]);
    }
  }
  for (const [why, names] of leftOut)
    warn(formatText({ key: 'run.figures_left_out', values: { files: names.join(', '), why } }, language));
}

/** What the manifest of a whole run says, besides what was made. */
export interface ManifestParts {
  readonly located: AnyLocatedStudy;
  readonly sources: ReportSources;
  readonly stale: StaleOutputs['kept'];
  /** Null: a later run makes everything again. */
  readonly madeWith: RunManifest['made_with'] | null;
  readonly steps: RunManifest['steps'];
}

/** The manifest of a whole run in a folder. @param outputs what was made, by name */
export function manifestOf(folder: string, outputs: RunManifest['outputs'], run: ManifestParts): RunManifest {
  const { located, sources, stale, madeWith } = run;
  const { layer } = sources;
  return {
    kaya: sources.version,
    study: {
      id: located.study.id,
      sha256: sources.studySha256,
      file: withSlashes(relative(folder, resolve(located.file))),
      written: writtenAnyStudy(located),
    },
    synthetic: sources.isSynthetic,
    ...(layer === null ? {} : { layer: { ...layer, changed: [...layer.changed], added: [...layer.added] } }),
    seed: sources.generator?.seed ?? null,
    scale: sources.generator?.scale ?? null,
    versions: { kaya: sources.version, engine: sources.engine, node: process.version },
    inputs: Object.fromEntries(sources.inputs.map(({ path, ...file }) => [path, file])),
    outputs,
    ...(Object.keys(stale).length === 0 ? {} : { stale: { ...stale } }),
    ...(madeWith == null ? {} : { made_with: madeWith }),
    // Whether earlier results were looked at says nothing of these.
    steps: run.steps.flatMap(({ id, seconds }) => (id === 'results' ? [] : [{ id, seconds }])),
  };
}

/** Writes the manifest of a whole run; every other file must be staged. */
export async function writeManifest(stage: Stage, folder: string, run: ManifestParts): Promise<void> {
  stage.write(manifestName, manifestText(folder, manifestOf(folder, await stage.files(), run)));
}

/** One line a step, with clock and wall time: the one file that differs between equal runs. */
export function writeLog(stage: Stage, steps: StepClock['steps']): void {
  stage.write(logName, steps.map((step) => `${JSON.stringify(step)}\n`).join(''));
}
