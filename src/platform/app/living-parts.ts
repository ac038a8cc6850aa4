import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatText } from '../../output/format/format-text.ts';
import type { LivingParts } from '../../output/report/living-parts.ts';
import { type Gzip, packedBytes } from '../../output/report/packed-text.ts';
import type { StudyPanel } from '../../study/panel-source/contract.ts';
import { printStyleOf } from '../../study/printed-tables.ts';
import { columnsTaken } from '../../study/version/columns-taken.ts';
import { type LivingStudy, packStudy } from '../../study/version/packed-study.ts';
import { packageFolder } from '../package-folder.ts';
import type { CommandContext } from './context.ts';

/** That of the machine: a twentieth smaller than the plain one. */
export const machineGzip: Gzip = (bytes) => gzipSync(bytes, { level: 9 });

/** Largest packed study that a report holds: a page of more opens slowly, and goes by no mail. */
const mostBytes = 24 * 1024 * 1024;

/**
 * What makes a report live: the study on its panel and the programs that `npm run build` made. Null where the programs are not there,
 * as in a checkout that was not built.
 */
export function livingParts(
  panel: StudyPanel,
  { hasData, ...said }: Omit<LivingStudy, 'study' | 'table'> & { readonly hasData: boolean },
  { progress, language }: Pick<CommandContext, 'progress' | 'language'>,
): LivingParts | null {
  const folder = join(packageFolder(), 'dist', 'pages');
  const [main, worker] = ['report-main.js', 'report-worker.txt'].map((name) => join(folder, name));
  if (main === undefined || worker === undefined || !existsSync(main) || !existsSync(worker)) return null;
  const { table } = panel;
  const study = hasData ? packStudy({ study: panel.study, table, ...said }, columnsTaken(panel.study, table)) : null;
  const isTooLarge = study !== null && study.length > mostBytes;
  if (isTooLarge) {
    const megabytes = String(Math.ceil(study.length / 2 ** 20));
    progress.warn(formatText({ key: 'run.report_without_data', values: { megabytes } }, language));
  }
  const code = readFileSync(main, 'utf8');
  return {
    study: study === null || isTooLarge ? null : packedBytes(study, machineGzip),
    worker: readFileSync(worker, 'utf8'),
    print: printStyleOf(panel.study),
    main: { code, sha256: createHash('sha256').update(code).digest('base64') },
  };
}
