import { accessSync, constants, statfsSync } from 'node:fs';
import { availableParallelism, freemem, tmpdir, totalmem } from 'node:os';
import { reasonOf } from '../../error/study-error.ts';
import { padTo } from '../../output/document/table/display-width.ts';
import { formatFixed } from '../../output/format/format-number.ts';
import { terminalStyle } from '../../output/format/number-style.ts';
import type { CommandContext } from '../app/context.ts';
import { examineLatex, examineOffice, findBrowser, firstLine, type LatexReport, latexFiles } from '../app/programs.ts';
import type { FigureFonts } from '../figure/figure-fonts.ts';

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
  /** What figures as PNG and PDF are lettered with; null where no font has the letters. */
  readonly latinFont: string | null;
  readonly chineseFont: string | null;
  /** Prints the report as PDF. */
  readonly browser: string | null;
  /** LaTeX, for tables as tex. */
  readonly latex: LatexReport;
  readonly libreOffice: string | null;
  readonly r: string | null;
}

/** Prints what this machine has. Nothing that is missing is an error: only a study knows what it needs. */
export async function runDoctor({ isJson }: { isJson: boolean }, context: CommandContext): Promise<void> {
  const report = await examineMachine(context.version);
  context.print(isJson ? JSON.stringify(report, null, 2) : reportText(report));
}

export async function examineMachine(version: string): Promise<MachineReport> {
  const engine = await examineEngine();
  const { figureFonts } = await import('../figure/figure-fonts.ts');
  const fonts = figureFonts();
  return {
    kaya: version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    engine: engine.version,
    engineProblem: engine.problem,
    threads: availableParallelism(),
    memory: { total: totalmem(), free: freemem() },
    data: examineFolder(tmpdir()),
    latinFont: figureFont(fonts, 'a'),
    chineseFont: figureFont(fonts, '\u95e8'),
    browser: findBrowser(),
    latex: examineLatex(),
    libreOffice: examineOffice(),
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

/** The face that figures as PNG and PDF take for a letter, by their own search. */
function figureFont(fonts: FigureFonts, letter: string): string | null {
  const [run] = fonts.runsOf(letter, false).runs;
  return run === undefined ? null : run.font.name === null ? run.font.path : `${run.font.name} (${run.font.path})`;
}

/** `booktabs threeparttable; not there: siunitx ctex` */
function packagesLine(packages: LatexReport['packages']): string | null {
  if (packages === null) return null;
  const names = (isThere: boolean): string => latexFiles.filter((name) => packages[name] === isThere).join(' ');
  const missing = names(false);
  return [names(true), ...(missing === '' ? [] : [`not there: ${missing}`])].filter((part) => part !== '').join('; ');
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
    ['font', report.latinFont],
    ['chinese font', report.chineseFont],
    ['browser', report.browser],
    ['pdflatex', report.latex.pdflatex],
    ['xelatex', report.latex.xelatex],
    ['packages', packagesLine(report.latex.packages)],
    ['LibreOffice', report.libreOffice],
    ['R', report.r],
  ];
  return lines.map(([name, value]) => `${padTo(name, 14, 'start')}${value ?? '-'}`).join('\n');
}
