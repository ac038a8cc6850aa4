import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isStudyError } from '../../error/study-error.ts';
import { enginePlanDocument } from '../../output/document/results/engine-plan.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { CommandContext } from '../app/context.ts';
import { withReader } from '../app/data-command.ts';
import { deliver } from '../app/deliver.ts';
import { reportBrowser } from '../app/page-pdf.ts';
import { readAnyStudy } from '../app/read-study.ts';
import { rowsOpener } from '../app/rows-elsewhere.ts';
import { runUnlessStanding, type StudyRunDone } from '../app/run-study.ts';
import { requireWithoutRows, sumsPlanned } from '../app/study-engine.ts';
import { programHash } from '../program-hash.ts';
import { inputRecord } from '../store/input-record.ts';
import type { StudyRunOptions } from './command.ts';
import { sumsWords } from './sums-words.ts';
import { badOption, needsMore } from './usage.ts';

/** `kaya study run`: from its data to the panel to every table, figure and the report. */
export async function runStudyCommand(options: StudyRunOptions, context: CommandContext): Promise<void> {
  if (options.explain) return explainStudy(options, context);
  try {
    const request = { ...options, browser: reportBrowser(options, '--pdf') };
    const made = { program: programHash(), isFresh: options.fresh };
    const done = await runUnlessStanding(request, context, made);
    const sums = done.outcome?.sums ?? null;
    const sumsLines = sums === null ? [] : sumsWords(sums, context);
    context.print([...sumsLines, ...closingWords(done, context)].join('\n'));
  } catch (error) {
    throw inOptions(error);
  }
}

/** The passes of the models of a study, before anything is run. @throws bad-option where no engine was asked for */
async function explainStudy(options: StudyRunOptions, context: CommandContext): Promise<void> {
  const rows = rowsOpener(options);
  try {
    const located = await withReader(options.threads, context, (reader) =>
      readAnyStudy(options.study, reader, inputRecord(), rows.open),
    );
    requireWithoutRows(located, context);
    const sums = await sumsPlanned(located, options.engine);
    if (sums === null) throw needsMore('--explain', '--engine', 'kaya study run my-study --engine duckdb --explain');
    const { planned, explained } = sums;
    const document = enginePlanDocument(explained(), { name: planned.engine, version: '' }, context);
    await deliver(document, { format: 'text', out: null }, context);
    context.print(sumsWords(planned, context).join('\n'));
  } finally {
    await rows.close();
  }
}

/** A fault of `only` told by the option that gave it. */
function inOptions(error: unknown): unknown {
  if (!isStudyError(error, 'bad-option') || error.detail.option !== 'only') return error;
  const { value, expected, suggestion } = error.detail;
  return badOption('--only', value, expected, suggestion);
}

/** The files to open, and what the numbers are not. */
function closingWords({ folder, isWhole, isSynthetic }: StudyRunDone, { language }: CommandContext): readonly string[] {
  const say = (key: 'run.open' | 'run.synthetic'): string => formatText({ key }, language);
  const all = isWhole ? ['report.html', 'results.json', 'panel.csv', 'tables', 'figures'] : ['tables', 'figures'];
  const names = all.filter((name) => existsSync(join(folder, name)));
  const lines = names.map((name, i) => `${i === 0 ? `${say('run.open')}: ` : '  '}${join(folder, name)}`);
  return [...lines, ...(isSynthetic ? [say('run.synthetic')] : [])];
}
