import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { ProgramName } from '../../export/contract.ts';
import { linesElsewhere } from '../../export/model-lines.ts';
import { distinctNumbers } from '../../model/describe/distinct-numbers.ts';
import { readDescribe } from '../../model/describe/read.ts';
import { summaries } from '../../model/describe/run.ts';
import { readRequest } from '../../model/request/read.ts';
import { runRequest } from '../../model/request/run.ts';
import type { RequestWords } from '../../model/request/schema.ts';
import { htmlBlocks } from '../../output/document/print/html.ts';
import { descriptivesDocument } from '../../output/document/results/descriptives.ts';
import { describeDiagnostic } from '../../output/format/diagnostic-text/describe.ts';
import type { Language } from '../../output/format/text-key.ts';
import type { VariableNames } from '../../output/table/variable-names.ts';
import { fileLabels } from '../../study/panel-source/file-labels.ts';
import { recogniseKeys } from '../../study/start/recognise-keys.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { Estimated, OpenedData, Reading, Sentence } from './contract.ts';
import { type ReadData, readData } from './read/read-data.ts';

/** Where the data lie while a page works with them: one file at a time. */
export interface Desk {
  open: (
    source: { readonly name: string; readonly bytes: ArrayBuffer; readonly part: string | null },
    reading: Reading,
    onStep?: (step: 'read' | 'describe', share: number | null) => void,
  ) => Promise<OpenedData>;
  estimate: (words: RequestWords, onDraw?: (share: number) => void) => Promise<Estimated>;
  script: (words: readonly RequestWords[], program: ProgramName) => string;
}

/** A sentence in every language. */
export function inEveryLanguage(say: (language: Language) => string): Sentence {
  return { en: say('en'), zh: say('zh') };
}

/** @param clock milliseconds from any start */
export function emptyDesk(clock: () => number): Desk {
  let held: { readonly read: ReadData; readonly file: string } | null = null;
  const table = (): ColumnTable => {
    if (held === null) throw new StudyError('needs-more', { subject: 'kaya', needs: 'data', example: null });
    return held.read.table;
  };
  return {
    open: async (source, reading, onStep = () => undefined) => {
      held = null;
      onStep('read', null);
      const file = source.part === null ? source.name : `${source.name}::${source.part}`;
      const read = await readData(source, reading, (share) => onStep('read', share));
      onStep('describe', null);
      held = { read, file };
      return openedData(read, file);
    },
    estimate: async (words, onDraw = () => undefined) => {
      const start = clock();
      const request = readRequest(words);
      const { columns, equality, differences, families } = await runRequest(request, table(), {
        clock,
        onReplicates: (done, total) => onDraw(done / Math.max(1, total)),
      });
      return { columns, equality, differences, families, milliseconds: clock() - start };
    },
    script: (words, program) => {
      const requests = words.map((one) => readRequest(one));
      return `${linesElsewhere(requests, table(), { program, file: held?.file ?? '' }).join('\n')}\n`;
    },
  };
}

/** Rows beyond which a panel is not looked for unasked: every pair of columns is tried on all of them. */
const mostRowsTried = 2_000_000;

function openedData(read: ReadData, file: string): OpenedData {
  const { table, about, diagnostics } = read;
  const names = about === undefined ? {} : fileLabels(about);
  const described = summaries(readDescribe({}), table);
  const document = descriptivesDocument(
    described.variables,
    { version: '', reading: [] },
    { texts: described.texts, names: namesWithLabels(about?.labels ?? {}), distinct: distinctIn(table) },
  );
  const keys = table.nrow > mostRowsTried ? null : recogniseKeys(table, about).keys;
  return {
    file,
    nrow: table.nrow,
    variables: table.names.map((name) => ({
      name,
      label: about?.labels[name] ?? null,
      kind: table.columns[name]?.kind ?? 'text',
    })),
    panel: keys,
    notes: diagnostics.map((one) => inEveryLanguage((language) => describeDiagnostic(one, language))),
    diagnostics,
    sheets: read.sheets,
    names,
    described: inEveryLanguage((language) => htmlBlocks(document.blocks, { language })),
  };
}

/** How many different numbers each column of numbers holds. */
function distinctIn({ names, columns }: ColumnTable): ReadonlyMap<string, number> {
  return new Map(
    names.flatMap((name) => {
      const column = columns[name];
      return column?.kind === 'number' ? [[name, distinctNumbers(column.values)] as const] : [];
    }),
  );
}

/** A variable by its name, as a formula needs it, and what the file says that it is. */
function namesWithLabels(labels: Readonly<Record<string, string>>): VariableNames {
  return Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, `${name} \u00b7 ${label}`]));
}

/** The code of what was thrown. */
export function codeOf(error: unknown): string {
  return isStudyError(error) ? error.code : 'internal';
}

/** The sheets that a refusal lets the reader choose among. */
export function sheetsIn(error: unknown): readonly string[] {
  if (isStudyError(error, 'choose-sheet') || isStudyError(error, 'unknown-sheet'))
    return error.detail.sheets.map(({ name }) => name);
  return [];
}
