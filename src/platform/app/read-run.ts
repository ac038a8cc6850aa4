import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import {
  answerSchema,
  printedSchema,
  type RunDocument,
  type RunRecord,
  resultsSchema,
} from '../../study/run-diff/contract.ts';
import { manifestName, manifestOrNull, printedName, resultsName } from '../store/manifest.ts';
import { checkedJson, parsedJson, readJson } from '../store/read-json.ts';
import { readText } from '../store/text-file.ts';
import { verifyRun } from './verify-run.ts';

/**
 * A run as it is compared: a folder of results with all that it records, held to its manifest; results.json of one alone; or what a
 * command printed with `--json`.
 * @throws file-not-found for a folder without results.json, file-unreadable
 */
export async function readRun(path: string, version: string): Promise<RunRecord> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const isOfFolder = !isFolder && basename(path) === resultsName && existsSync(join(dirname(path), manifestName));
  if (isFolder || isOfFolder) return readFolder(isFolder ? path : dirname(path), { path, version });
  return { path, document: documentOf(path), printed: null, manifest: null, altered: [] };
}

async function readFolder(folder: string, { path, version }: { path: string; version: string }): Promise<RunRecord> {
  const document = documentOf(join(folder, resultsName));
  const printed = join(folder, printedName);
  const manifest = manifestOrNull(folder);
  const verified = manifest === null ? null : await verifyRun({ folder, study: null, inputs: false, version });
  return {
    path,
    document,
    printed: existsSync(printed) ? readJson(printed, said('file.results'), printedSchema) : null,
    manifest,
    // That another version of the program is at hand than made the folder is no change of the folder.
    altered: (verified?.differences ?? []).filter(({ kind }) => kind !== 'program'),
  };
}

/** Results of a study are known by the record of their run. @throws file-not-found, file-unreadable */
function documentOf(path: string): RunDocument {
  const value = parsedJson(
    readText(path, said('file.run_results', { command: 'kaya study run', option: '--only' })).text,
    path,
  );
  const answer = answerSchema.safeParse(value);
  if (!answer.success)
    throw new StudyError('file-unreadable', { path, line: null, column: null, reason: 'no-results' });
  const isStudy = 'run' in answer.data && 'tables' in answer.data;
  if (isStudy) return { kind: 'study', results: checkedJson(value, path, resultsSchema) };
  return { kind: 'answer', results: answer.data };
}
