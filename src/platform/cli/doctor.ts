import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem, tmpdir, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { reasonOf } from '../../error/study-error.ts';
import { padTo } from '../../output/document/table/display-width.ts';
import { formatFixed } from '../../output/format/format-number.ts';
import { terminalStyle } from '../../output/format/number-style.ts';
import type { CommandContext } from '../app/context.ts';

/** What a machine has. A value that does not exist is null. */
export interface MachineReport {
  readonly kaya: string;
  readonly node: string;
  readonly platform: string;
  /** Name and version; null with `engineProblem` when the engine does not start. */
  readonly engine: string | null;
  readonly engineProblem: string | null;
  readonly threads: number;
  readonly memory: { readonly total: number; readonly free: number };
  readonly data: { readonly folder: string; readonly isWritable: boolean; readonly free: number | null };
  /** Whether a font with Chinese characters is installed, for figures as PNG; null when nothing can tell. */
  readonly chineseFont: string | null;
  readonly browser: string | null;
  readonly r: string | null;
}

/** Prints what this machine has. Nothing that is missing is an error: only a study knows what it needs. */
export async function runDoctor({ isJson }: { isJson: boolean }, context: CommandContext): Promise<void> {
  const report = await examineMachine(context.version);
  context.print(isJson ? JSON.stringify(report, null, 2) : reportText(report));
}

export async function examineMachine(version: string): Promise<MachineReport> {
  const engine = await examineEngine();
  return {
    kaya: version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    engine: engine.version,
    engineProblem: engine.problem,
    threads: availableParallelism(),
    memory: { total: totalmem(), free: freemem() },
    data: examineFolder(tmpdir()),
    chineseFont: firstLine('fc-list', [':lang=zh', 'family']),
    browser: findBrowser(),
    r: firstLine('Rscript', ['--version']),
  };
}

async function examineEngine(): Promise<{ version: string | null; problem: string | null }> {
  try {
    const { engineVersion, openDuckdb } = await import('../engine/duckdb/open.ts');
    const engine = await openDuckdb({ threads: 1 });
    await engine.table('SELECT 1 AS one');
    engine.close();
    return { version: engineVersion(), problem: null };
  } catch (error) {
    return { version: null, problem: reasonOf(error) };
  }
}

function examineFolder(folder: string): MachineReport['data'] {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return { folder, isWritable: true, free: bavail * bsize };
  } catch {
    return { folder, isWritable: false, free: null };
  }
}

/** First line of what a program prints; null when it is not there. */
function firstLine(program: string, options: readonly string[]): string | null {
  const { status, stdout, stderr } = spawnSync(program, [...options], { encoding: 'utf8', timeout: 10_000 });
  if (status !== 0) return null;
  const [line = ''] = `${stdout}${stderr}`.split('\n', 1);
  return line.trim() || null;
}

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

function findBrowser(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = folders.flatMap((folder) => browserNames.map((name) => join(folder, name)));
  return candidates.find((path) => existsSync(path)) ?? null;
}

function reportText(report: MachineReport): string {
  const gigabytes = (bytes: number | null): string =>
    `${formatFixed(bytes === null ? null : bytes / 2 ** 30, 1, terminalStyle)} GB`;
  const lines: readonly (readonly [string, string | null])[] = [
    ['kaya', report.kaya],
    ['node', report.node],
    ['platform', report.platform],
    ['engine', report.engine ?? report.engineProblem],
    ['threads', String(report.threads)],
    ['memory', `${gigabytes(report.memory.total)} (${gigabytes(report.memory.free)} free)`],
    ['data', `${report.data.folder} (${gigabytes(report.data.free)} free)`],
    ['chinese font', report.chineseFont],
    ['browser', report.browser],
    ['R', report.r],
  ];
  return lines.map(([name, value]) => `${padTo(name, 14, 'start')}${value ?? '-'}`).join('\n');
}
