import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { jsonValue } from '../../table/json-text.ts';
import { readPlain } from './plain-file.ts';
import { checkedJson, parsedJson } from './read-json.ts';

/** File of a folder of results that says where everything came from and what was made of it. */
export const manifestName = 'manifest.json';

/** Files of a folder of results that hold its numbers, and its tables as they are printed. */
export const resultsName = 'results.json';
export const printedName = 'printed.json';

/** File of a folder of results that differs between equal runs. */
export const logName = 'log.jsonl';

const hashed = z.object({ sha256: z.string() });

/** What manifest.json of a run says (contract). What an older version did not say is left out. */
const runManifest = z.object({
  kaya: z.string(),
  /** `file`: from the folder of the manifest; `written`: the study with every default written out, as it was run. */
  study: z.object({
    id: z.string(),
    sha256: z.string(),
    file: z.string().optional(),
    written: z.record(z.string(), z.unknown()).optional(),
  }),
  /** Whether any input is. */
  synthetic: z.boolean(),
  /** Of a synthetic run: how that is known, files changed by hand or gone, files that are not of the layer. */
  layer: z
    .object({
      knownBy: z.enum(['list', 'remains', 'run', 'marks']),
      changed: z.array(z.string()).readonly(),
      added: z.array(z.string()).readonly(),
    })
    .readonly()
    .optional(),
  seed: z.number().nullable(),
  scale: z.number().nullable(),
  versions: z.record(z.string(), z.string()),
  /** Every file that was read, by its path from the folder of the study; `kaya:` stands before files of the program. */
  inputs: z.record(z.string(), hashed.extend({ bytes: z.number().nullable(), synthetic: z.boolean().optional() })),
  /** Every file that was made but this one and the log. */
  outputs: z.record(z.string(), hashed.extend({ bytes: z.number() })),
  /** Files of an earlier version of the study that were changed by hand, with the hash that they were made with. */
  stale: z.record(z.string(), hashed).optional(),
  /**
   * What made the outputs besides inputs and versions: hash of the program, of the fonts of its figures, whether the report holds the data, the
   * engine that sums of models were asked of.
   * Left out by a run that had something to warn of, which is made again, and says it again.
   */
  made_with: z
    .object({ program: z.string(), fonts: z.string(), data: z.boolean(), sums: z.string().optional() })
    .readonly()
    .optional(),
  /** Wall time of the run that made these outputs. */
  steps: z.array(z.object({ id: z.string(), seconds: z.number() })).readonly(),
});

export type RunManifest = Readonly<z.infer<typeof runManifest>>;

/** By what a manifest of a run is told from another file of that name. */
const ofRun = z.object({ kaya: z.string() });

/** The manifest in a folder of results. @throws file-not-found, file-unreadable with the place and the value of what is wrong */
export function readManifest(folder: string): RunManifest {
  const path = join(folder, manifestName);
  if (!existsSync(path)) throw new StudyError('file-not-found', { path, role: said('file.manifest'), nearest: null });
  const value = parsedJson(readPlain(path).toString('utf8'), path);
  if (!ofRun.safeParse(value).success)
    throw new StudyError('file-unreadable', { path, line: null, column: null, reason: 'no-manifest' });
  return checkedJson(value, path, runManifest);
}

/** The same, null where there is none or another file has its name. @throws file-unreadable for one with a wrong value */
export function manifestOrNull(folder: string): RunManifest | null {
  try {
    return readManifest(folder);
  } catch (error) {
    if (isStudyError(error, 'file-not-found')) return null;
    if (isStudyError(error, 'file-unreadable') && error.detail.reason !== 'wrong-value') return null;
    throw error;
  }
}

/**
 * The text of the manifest. When the one in place differs in nothing but its times, it stays: its times are those of the
 * run that made these very bytes, and a repeated run leaves every byte as it was.
 */
export function manifestText(folder: string, manifest: RunManifest): string {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  const path = join(folder, manifestName);
  if (!existsSync(path)) return text;
  const old = readPlain(path).toString('utf8');
  return isSameRun(old, text) ? old : text;
}

/** Whether two texts are manifests of runs that differ in nothing but their times. */
export function isSameRun(one: string, other: string): boolean {
  const known = withoutTimes(one);
  return known !== null && known === withoutTimes(other);
}

function withoutTimes(text: string): string | null {
  const read = runManifest.safeParse(jsonValue(text));
  if (!read.success) return null;
  const { steps, ...rest } = read.data;
  return JSON.stringify([rest, steps.map(({ id }) => id)]);
}
