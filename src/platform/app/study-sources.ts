import { isAbsolute, join, relative, sep } from 'node:path';
import type { ReportSources } from '../../study/run-parts.ts';
import { engineVersion } from '../engine/duckdb/open.ts';
import { packageFolder } from '../package-folder.ts';
import { hashFile } from '../store/hash.ts';
import type { InputFile, InputRecord } from '../store/input-record.ts';
import { withSlashes } from '../store/slashes.ts';
import { syntheticAccount } from '../store/synthetic-inputs.ts';
import type { AnyLocatedStudy } from './read-study.ts';

/** Before the path of a file that came with the program. */
const shipped = 'kaya:';

/** Versions and hashes of everything that a run has read, and what of it is synthetic. @param made.out folder of the results */
export async function sourcesOf(
  {
    record,
    folder,
    file,
    sha256,
  }: Pick<AnyLocatedStudy, 'folder' | 'file' | 'sha256'> & {
    readonly record: Pick<InputRecord, 'files'>;
  },
  made: { panel: string | null; version: string; out: string },
): Promise<ReportSources> {
  const files = record.files();
  const account = await syntheticAccount(
    files.filter((one) => isData(one, file)),
    { folder, out: made.out },
  );
  const named = (path: string): string => inputName(path, folder);
  const names = (paths: readonly string[]): readonly string[] => paths.map(named).sort();
  return {
    version: made.version,
    engine: engineVersion(),
    isSynthetic: account !== null,
    generator: account?.generator ?? null,
    layer:
      account === null
        ? null
        : { knownBy: account.knownBy, changed: names(account.changed), added: names(account.added) },
    studySha256: sha256,
    panelSha256: made.panel === null ? null : await hashFile(made.panel),
    inputs: files
      .map(({ path, ...bytes }) => ({
        path: named(path),
        ...bytes,
        ...(account?.files.has(path) === true ? { synthetic: true } : {}),
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** Texts that say how data are used are no data. */
const isData = ({ path }: InputFile, study: string): boolean => path !== study && !/\.ya?ml$/i.test(path);

/**
 * How a manifest calls a file: its path from the folder of the study with forward slashes; of a file of the program `kaya:`
 * and its path in the package, wherever that is installed.
 */
export function inputName(path: string, folder: string): string {
  const own = packageFolder();
  const inPackage = path.startsWith(`${own}${sep}`) && !`${folder}${sep}`.startsWith(`${own}${sep}`);
  const isPack = path.startsWith(`${join(own, 'packs')}${sep}`);
  const name = inPackage || isPack ? `${shipped}${relative(own, path)}` : relative(folder, path);
  return withSlashes(name);
}

/** Where the file of a name lies; the other way round. */
export function inputPath(name: string, folder: string): string {
  if (name.startsWith(shipped)) return join(packageFolder(), name.slice(shipped.length));
  return isAbsolute(name) ? name : join(folder, name);
}
