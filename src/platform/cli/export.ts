import { programNames } from '../../export/catalog.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { CommandContext } from '../app/context.ts';
import { exportStudy } from '../app/export-study.ts';
import type { Hold } from '../app/hold.ts';
import { oneOf } from './values.ts';

export interface ExportOptions {
  /** A program, or `replication`. */
  readonly kind: string;
  readonly study: string;
  readonly out: string;
  readonly force: boolean;
  readonly threads: number | null;
  readonly hold: Hold;
}

const kinds = [...programNames, 'replication'] as const;

/** `kaya export`: the panel of a study, and scripts of other programs that repeat it. @throws bad-option for an unknown kind */
export async function runExport({ kind, ...options }: ExportOptions, context: CommandContext): Promise<void> {
  const wanted = oneOf('KIND', kinds)(kind.toLowerCase());
  const programs = wanted === 'replication' ? programNames : [wanted];
  const { folder, isSynthetic, scripts } = await exportStudy(
    { ...options, programs, isReplication: wanted === 'replication' },
    context,
  );
  const say = (key: Parameters<typeof formatText>[0]): string => formatText(key, context.language);
  const lines = scripts.map(({ file, run, compared, notRepeated }) =>
    say({ key: 'export.script', values: { file, run, compared, rest: notRepeated } }),
  );
  context.print([say({ key: 'export.folder', values: { folder } }), ...lines].join('\n'));
  if (isSynthetic) context.progress.warn(say({ key: 'export.synthetic' }));
}
