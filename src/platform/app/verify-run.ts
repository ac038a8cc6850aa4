import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FolderDifference } from '../../error/folder-difference.ts';
import { engineVersion } from '../engine/duckdb/open.ts';
import { hashOrNull, listAllFiles } from '../store/hash.ts';
import { logName, manifestName, type RunManifest, readManifest } from '../store/manifest.ts';
import { isOwnName, partialPrefix } from '../store/own-names.ts';
import { isInside } from '../store/stale-outputs.ts';
import { studyFileOf } from './study-file.ts';
import { inputPath } from './study-sources.ts';

/** What a folder of results is held to. */
export interface VerifyOptions {
  readonly folder: string;
  /** Study file or its folder; null: where the manifest says. */
  readonly study: string | null;
  /** Whether what the run read is looked at. */
  readonly inputs: boolean;
  /** Version of the program. */
  readonly version: string;
}

/** A folder of results against its manifest. */
export interface Verification {
  readonly manifest: RunManifest;
  /** Files that were looked at. */
  readonly outputs: number;
  readonly inputs: number;
  readonly differences: readonly FolderDifference[];
  /** Files of an earlier version of the study that the manifest names as changed by hand. */
  readonly stale: readonly string[];
}

/**
 * Holds a folder of results to its manifest: every output by its hash, files that it does not name, every input by its hash,
 * and the versions that made it. Reads every byte, writes nothing.
 * @throws file-not-found, file-unreadable for the manifest
 */
export async function verifyRun(options: VerifyOptions): Promise<Verification> {
  const { folder } = options;
  const manifest = readManifest(folder);
  const differences = [
    ...(await outputDifferences(folder, manifest)),
    ...programDifferences(manifest, options.version),
  ];
  if (options.inputs) differences.push(...(await inputDifferences(manifest, options)));
  return {
    manifest,
    outputs: Object.keys(manifest.outputs).length,
    inputs: options.inputs ? Object.keys(manifest.inputs).length : 0,
    differences,
    stale: Object.keys(manifest.stale ?? {}),
  };
}

async function outputDifferences(folder: string, { outputs, stale = {} }: RunManifest): Promise<FolderDifference[]> {
  const found: FolderDifference[] = [];
  for (const [name, { sha256 }] of Object.entries(outputs)) {
    const path = join(folder, name);
    const isThere = isInside(folder, name) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    if (!isThere) found.push({ kind: 'missing', name });
    else if ((await hashOrNull(path)) !== sha256) found.push({ kind: 'changed', name });
  }
  const named = new Set([...Object.keys(outputs), ...Object.keys(stale), manifestName, logName]);
  for (const name of listAllFiles(folder)) {
    if (named.has(name)) continue;
    const parts = name.split('/');
    if (parts.some((part) => part.startsWith(partialPrefix))) found.push({ kind: 'unfinished', name });
    else if (!isOwnName(name)) found.push({ kind: 'extra', name });
  }
  return found;
}

async function inputDifferences(
  { inputs, study: made }: RunManifest,
  { folder, study }: VerifyOptions,
): Promise<FolderDifference[]> {
  const file =
    study !== null ? resolve(studyFileOf(study)) : made.file === undefined ? null : resolve(folder, made.file);
  if (file === null || !existsSync(file)) return [{ kind: 'no-study', name: file ?? '' }];
  const found: FolderDifference[] = [];
  const place = join(file, '..');
  for (const [name, { sha256 }] of Object.entries(inputs)) {
    const path = inputPath(name, place);
    if (!existsSync(path)) found.push({ kind: 'input-missing', name });
    else if ((await hashOrNull(path)) !== sha256) found.push({ kind: 'input-changed', name });
  }
  return found;
}

function programDifferences({ versions }: RunManifest, version: string): FolderDifference[] {
  const now: Readonly<Record<string, string>> = { kaya: version, engine: engineVersion() };
  return Object.entries(now).flatMap(([name, here]) => {
    const before = versions[name] ?? '';
    return before === here ? [] : [{ kind: 'program', name, before, now: here } as const];
  });
}
