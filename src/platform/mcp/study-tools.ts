import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { said } from '../../error/said.ts';
import type { Phrase } from '../../output/table/contract.ts';
import { filesOf, pathsOfStudy } from '../app/paths-of-study.ts';
import { studyFileOf } from '../app/study-file.ts';
import { inputPath } from '../app/study-sources.ts';
import { manifestOrNull } from '../store/manifest.ts';
import { readJson } from '../store/read-json.ts';
import { cellFlags, cells } from './cells.ts';
import { flag, type PathGuard, printedDocument, tool } from './tool.ts';

const study = z
  .string()
  .min(1)
  .describe('A study file, or the folder that holds study.yaml, in a folder of the server.');
/** A study whose own paths lie inside the folders, too. @throws outside-folders, study-invalid */
function guarded(path: string, guard: PathGuard): string {
  const inside = guard(path);
  for (const own of pathsOfStudy(inside)) guard(own);
  return inside;
}

/** A folder of results that leads nowhere else by links in it. @throws outside-folders */
function guardedOut(path: string, guard: PathGuard): string {
  const inside = guard(path);
  for (const own of filesOf(inside)) guard(own);
  return inside;
}

export const studyInitTool = tool({
  name: 'study_init',
  title: 'Start a study of a data file',
  description:
    'Writes a short study.yaml about a ready panel (csv, dta, xlsx, parquet, FILE.duckdb::table) that runs as it stands: descriptives, two-way fixed effects, a figure. Then edit it, study_check and study_run.',
  input: z.strictObject({
    folder: z.string().min(1).describe('A new folder, in a folder of the server.'),
    from: z.string().min(1).describe('The data file.'),
    outcome: z.string().min(1).describe('The outcome; refused with the candidates when it cannot be known.').optional(),
    unit: z.string().min(1).describe('Column of the unit.').optional(),
    time: z.string().min(1).describe('Column of the period.').optional(),
    ...cells,
  }),
  writes: true,
  argv: ({ folder, from, outcome, unit, time, ...written }, guard) => [
    ...['study', 'init', ...flag('--from', guard(from)), ...flag('--outcome', outcome), ...cellFlags(written)],
    ...[...flag('--unit', unit), ...flag('--time', time), '--', guard(folder)],
  ],
  data: (printed, { folder }, guard) => {
    const file = studyFileOf(guard(folder));
    return { file, found: printed.trim(), study: readFileSync(file, 'utf8') };
  },
  sentence: ({ file }): Phrase => ({ key: 'mcp.started', values: { file: String(file) } }),
});

export const studyCheckTool = tool({
  name: 'study_check',
  title: 'Check a study file',
  description: 'Every fault of a study.yaml with line and column, and the nearest name that is known.',
  input: z.strictObject({
    study,
    resolved: z.boolean().describe('The study with every default written out.').optional(),
  }),
  writes: false,
  argv: ({ study: path, resolved }, guard) => [
    'study',
    'check',
    '--json',
    ...flag('--resolved', resolved),
    '--',
    guarded(path, guard),
  ],
  data: printedDocument,
  sentence: ({ file }): Phrase => ({ key: 'mcp.checked', values: { file: String(file) } }),
});

/** What is told of results.json. */
const resultsSchema = z.object({
  synthetic: z.boolean().default(false),
  tables: z.array(z.object({ id: z.string(), title: z.unknown() })),
  hypotheses: z.array(z.unknown()),
});

export const studyRunTool = tool({
  name: 'study_run',
  title: 'Run a study',
  description:
    'Data to panel to every table, figure and the report of a study.yaml. Gives back the folder of the files, the verdicts on the hypotheses and the tables by name; read results.json in that folder for every number.',
  input: z.strictObject({
    study,
    out: z.string().min(1).describe('Folder for the files, in a folder of the server.'),
    only: z.array(z.string().min(1)).describe('Tables and figures by id; default: all.').optional(),
  }),
  writes: true,
  argv: ({ study: path, out, only }, guard) => [
    ...['study', 'run', ...flag('--out', guardedOut(out, guard)), ...flag('--only', only?.join(','))],
    ...['--', guarded(path, guard)],
  ],
  data: (_printed, { out, only }, guard) => {
    const folder = guard(out);
    if (only !== undefined) return { folder, only };
    const { synthetic, tables, hypotheses } = readJson(
      join(folder, 'results.json'),
      said('file.results'),
      resultsSchema,
    );
    return {
      folder,
      report: join(folder, 'report.html'),
      synthetic,
      tables: tables.map(({ id, title }) => ({ id, title })),
      hypotheses,
    };
  },
  sentence: ({ folder }): Phrase => ({ key: 'mcp.ran', values: { folder: String(folder) } }),
});

/** A folder of results whose manifest names no input outside the folders but files of the program. @throws outside-folders */
function guardedResults(out: string, path: string, guard: PathGuard): string {
  const folder = guardedOut(out, guard);
  const place = dirname(studyFileOf(guarded(path, guard)));
  for (const name of Object.keys(manifestOrNull(folder)?.inputs ?? {})) {
    const isShipped = name.startsWith('kaya:') && !name.split('/').includes('..');
    if (!isShipped) guard(inputPath(name, place));
  }
  return folder;
}

export const studyVerifyTool = tool({
  name: 'study_verify',
  title: 'Check a folder of results',
  description:
    'Holds the folder of a study_run to its manifest: outputs that are missing or changed, files that are not of it, inputs that changed since, another version of the program. An error lists the differences.',
  input: z.strictObject({ out: z.string().min(1).describe('Folder of the finished run.'), study }),
  writes: false,
  argv: ({ out, study: path }, guard) => [
    ...['study', 'verify', '--json', ...flag('--study', guarded(path, guard))],
    ...['--', guardedResults(out, path, guard)],
  ],
  data: printedDocument,
  sentence: ({ folder }): Phrase => ({ key: 'mcp.verified', values: { folder: String(folder) } }),
});

export const panelWhyTool = tool({
  name: 'panel_why',
  title: 'Where a number of the panel comes from',
  description:
    'One number of a study’s panel taken back to the raw cells that it came from; of cities after study_run.',
  input: z.strictObject({
    study,
    out: z.string().min(1).describe('Folder of the finished run.'),
    unit: z.string().min(1).describe('Code of the unit, such as the six digits of a city or the code of a country.'),
    time: z.int().describe('The period, such as the year.'),
    variable: z.string().min(1).describe('The variable, as the panel names it.'),
  }),
  writes: false,
  argv: ({ study: path, out, unit, time, variable }, guard) => [
    ...['panel', 'why', '--json', ...flag('--unit', unit), ...flag('--year', time), ...flag('--var', variable)],
    ...[...flag('--out', guardedOut(out, guard)), '--', guarded(path, guard)],
  ],
  data: printedDocument,
  sentence: (_data): Phrase => ({ key: 'mcp.explained' }),
});
