import { copyFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { ScriptStudy } from '../../export/contract.ts';
import { environmentFiles } from '../../export/replication/environment.ts';
import { type ReplicationStudy, replicationReadme } from '../../export/replication/readme.ts';
import type { ReportSources } from '../../study/run-parts.ts';
import { isBelow } from '../store/real-path.ts';
import { withSlashes } from '../store/slashes.ts';
import type { Stage } from '../store/stage.ts';
import type { AnyLocatedStudy } from './read-study.ts';
import { rawFolderOf } from './study-paths.ts';

/**
 * What makes scripts and a panel a replication package: README, the study, environments, checksums of everything. Other files of
 * the stage must be there.
 */
export async function writeReplication(
  stage: Stage,
  made: {
    readonly located: AnyLocatedStudy;
    readonly study: ScriptStudy;
    readonly scripts: ReplicationStudy['scripts'];
    readonly sources: ReportSources;
  },
): Promise<void> {
  const { located, study, scripts, sources } = made;
  const copied = copyStudy(stage, located);
  const { authors, follows } = located.study;
  const readme = replicationReadme({
    study,
    authors: authors?.en ?? null,
    follows: follows?.en ?? null,
    scripts,
    inputs: sources.inputs,
    generator: sources.generator,
    copied,
  });
  stage.write('README.md', readme);
  stage.write('inputs.json', `${JSON.stringify(sources.inputs, null, 1)}\n`);
  if (study.isSynthetic) {
    stage.write(
      'SYNTHETIC-DATA.txt',
      'The panel in this folder is synthetic: made up by a program. It is not the data of any authors.\n',
    );
  }
  for (const [name, content] of Object.entries(environmentFiles(study))) stage.write(name, content);
  const sums = Object.entries(await stage.files()).map(([name, { sha256 }]) => [withSlashes(name), sha256] as const);
  const lines = sums.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, sha256]) => `${sha256}  ${name}\n`);
  stage.write('SHA256SUMS', lines.join(''));
}

/** The study file and what it reads in its folder, raw tables apart; and the texts beside them, such as licences. */
function copyStudy(stage: Stage, located: AnyLocatedStudy): readonly string[] {
  const { folder, file, record } = located;
  const raw = located.kind === 'raw-tables' ? rawFolderOf(located) : null;
  const read = record.files().map(({ path }) => path);
  const own = read.filter((path) => isBelow(path, folder) && (raw === null || !isBelow(path, raw)));
  const places = new Set([folder, ...own.map(dirname)]);
  const beside = [...places].flatMap((place) =>
    readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ya?ml|md)$|^licen[cs]e/i.test(entry.name))
      .map((entry) => join(place, entry.name)),
  );
  const paths = [...new Set([...own, ...beside])].sort();
  return paths.map((path) => {
    const name = path === join(folder, basename(file)) ? 'study.yaml' : withSlashes(relative(folder, path));
    copyFileSync(path, stage.path(`study/${name}`));
    return name;
  });
}
