import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isStudyError } from '../../error/study-error.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { CommandContext } from '../app/context.ts';
import { reportBrowser } from '../app/page-pdf.ts';
import { runUnlessStanding, type StudyRunDone } from '../app/run-study.ts';
import { programHash } from '../program-hash.ts';
import type { StudyRunOptions } from './command.ts';
import { sumsWords } from './sums-words.ts';
import { badOption } from './usage.ts';

/** `kaya study run`: from its data to the panel to every table, figure and the report. */
export async function runStudyCommand(options: StudyRunOptions, context: CommandContext): Promise<void> {
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
