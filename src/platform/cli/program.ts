import { Command, Option } from 'commander';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ProgramName } from '../../export/contract.ts';
import type { CommandContext, RunCommand } from '../app/context.ts';
import type { EngineOptions } from '../app/engine-run.ts';
import { withAfterFit } from './after-options.ts';
import { addAudit } from './audit-options.ts';
import type { DataFormat, PanelBuildOptions, RegOptions, SimulateOptions, StudyRunOptions } from './command.ts';
import { type GivenCompress, withCompressOptions } from './compress-options.ts';
import { withDescribe } from './describe-options.ts';
import { addDiff } from './diff-options.ts';
import { engineOptions, withEngine } from './engine-options.ts';
import { withExamples } from './examples.ts';
import { type GivenExport, withAs, withExport } from './export-options.ts';
import { withFormats } from './format-options.ts';
import { type GivenHold, holdOf, withHold, withThreads } from './hold-options.ts';
import { withLayout } from './layout-options.ts';
import { addHelp, addMachineCommands } from './machine-commands.ts';
import { type GivenPlot, plotOptions, withPlot } from './plot-option.ts';
import { type ReadingOptions, readingOptions, withCells, withReading } from './reading-options.ts';
import { withRegOptions } from './reg-options.ts';
import { type GivenScan, scanOptions, withScanOptions } from './registry-options.ts';
import { withStudyRun } from './study-run-options.ts';
import { withThresholdOptions } from './threshold-options.ts';
import { badOption, fullName, needsMore, type TypedLine, throwOnWrongUsage } from './usage.ts';
import { dataFormat, formatNames, outputOf, share, wholeNumber } from './values.ts';

/** Options of commander: present when given. */
type Given<T> = Partial<T>;
/** Of a command that reads a data file and prints. */
type GivenOutput = Given<Pick<RegOptions, 'format' | 'out' | 'threads' | 'text' | 'number' | 'missing'>> & {
  readonly json?: boolean;
};
/** Of `kaya reg` what is no wish for the models. */
type GivenReg = GivenPlot & {
  readonly predict?: string;
  readonly fixef?: string;
  readonly as?: ProgramName;
};

/** What the command line stands in. */
interface ProgramFrame {
  readonly context: CommandContext;
  readonly line: TypedLine;
  /** The program itself, for the server of tools. */
  readonly run: RunCommand;
  readonly writeError: (text: string) => void;
}

/** Commands that are made together. */
interface CommandGroup {
  readonly names: readonly string[];
  readonly add: () => void;
}

/**
 * The command line: names, options and help. A command's code is loaded when it is called, so that help is fast.
 * Names and options are those of the contract; what this version lacks is there too and says so.
 */
export function buildProgram({ context, line, run, writeError }: ProgramFrame): Command {
  const program = new Command('kaya')
    .description('Panel econometrics from raw tables to a report.')
    .version(context.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addOption(new Option('--lang <en|zh>', 'language of messages (default: from LANG); may stand anywhere'))
    .configureOutput({ writeOut: context.print, writeErr: writeError });
  const groups: readonly CommandGroup[] = [
    { names: ['study', 'panel', 'simulate'], add: () => addStudyCommands(program, context) },
    { names: ['describe', 'reg'], add: () => addDataCommands(program, context, line) },
    { names: ['compress'], add: () => addCompress(program, context, line) },
    { names: ['threshold'], add: () => addThresholdCommand(program, context) },
    { names: ['export'], add: () => addExportCommand(program, context) },
    { names: ['diff'], add: () => addDiff(program, context) },
    { names: ['audit'], add: () => addAudit(program, context) },
    { names: ['serve', 'registry'], add: () => addPlannedCommands(program, context) },
    { names: ['doctor', 'mcp'], add: () => addMachineCommands(program, { ...context, run }) },
    { names: ['help'], add: () => addHelp(program, context) },
  ];
  // Options of commands that are not called are not made: they take longer than a small table takes to read. Help has them all.
  const [first = 'help'] = line.argv;
  const called = first === 'help' ? [] : groups.filter(({ names }) => names.includes(first));
  for (const { add } of called.length > 0 ? called : groups) add();
  withExamples(program);
  throwOnWrongUsage(program);
  return program;
}

function addStudyCommands(program: Command, context: CommandContext): void {
  const study = program.command('study').description('run, start or check a study');
  withStudyRun(study.command('run')).action(
    async (path: string, given: Given<StudyRunOptions> & GivenHold & { data?: boolean }) => {
      const { runStudyCommand } = await import('./study-run.ts');
      await runStudyCommand(
        {
          study: path,
          out: given.out ?? null,
          only: given.only ?? [],
          ...{
            pdf: given.pdf === true,
            force: given.force === true,
            fresh: given.fresh === true,
            explain: given.explain === true,
          },
          noData: given.data === false,
          ...engineOptions(given),
          ...threads(given),
          ...holdOf(given),
        },
        context,
      );
    },
  );
  const init = study
    .command('init')
    .description('a new study that runs as it stands')
    .argument('[DIR]', 'an empty or new folder')
    .option('--from <FILE>', 'a study about this data file: csv, dta, parquet, FILE.xlsx::Sheet and the like')
    .option('--outcome <Y>', 'with --from: the outcome of the first model')
    .option('--unit <COL>', 'with --from: the column of the unit (default: recognised)')
    .option('--time <COL>', 'with --from: the column of the time (default: recognised)')
    .option(
      '--template [NAME]',
      'the shipped study to start from (default: ai-carbon-productivity); alone, a list of them',
    );
  withCells(init).action(async (folder: string | undefined, { from, template, ...given }: InitGiven) => {
    if (from !== undefined && template !== undefined)
      throw badOption('--template', String(template), said('expected.no_template'));
    if (folder === undefined) {
      if (template !== true || Object.keys(given).length > 0)
        throw needsMore('kaya study init', 'DIR', 'kaya study init my-study --from panel.csv');
      const { runTemplateList } = await import('./study-init.ts');
      return runTemplateList(context);
    }
    if (from !== undefined) {
      const { outcome = null, unit = null, time = null } = given;
      const { runStudyInitFrom } = await import('./study-init-from.ts');
      return runStudyInitFrom({ folder, from, outcome, unit, time, ...readingOptions(given) }, context);
    }
    const [alone] = Object.entries(given);
    if (alone !== undefined)
      throw needsMore(`--${alone[0]}`, '--from FILE', `--from panel.csv --${alone[0]} ${String(alone[1])}`);
    const { runStudyInit } = await import('./study-init.ts');
    await runStudyInit({ folder, template: template ?? 'ai-carbon-productivity' }, context);
  });
  study
    .command('check')
    .description('validate a study file; every fault with line and column')
    .argument('<STUDY>', 'a study file, or the folder that holds study.yaml')
    .option('--resolved', 'print the study with every default written out')
    .option('--json', 'print one JSON document')
    .action(async (path: string, given: { resolved?: boolean; json?: boolean }) => {
      const { runStudyCheck } = await import('./study-check.ts');
      await runStudyCheck({ study: path, isResolved: given.resolved === true, isJson: given.json === true }, context);
    });
  study
    .command('verify')
    .description('a folder of results against its manifest: what is missing, changed or not of it')
    .argument('<OUT>', 'a folder that kaya study run wrote')
    .option('--study <STUDY>', 'the study whose inputs are looked at (default: where the manifest says)')
    .option('--no-inputs', 'look at the outputs alone')
    .option('--json', 'print one JSON document')
    .action(async (folder: string, given: { study?: string; inputs: boolean; json?: boolean }) => {
      const { runStudyVerify } = await import('./study-verify.ts');
      const { study: path = null, inputs, json = false } = given;
      await runStudyVerify({ folder, study: path, inputs, isJson: json }, context);
    });

  const panel = program.command('panel').description('the panel of a study');
  withHold(
    panel
      .command('build')
      .description('raw data to the panel alone')
      .argument('<STUDY>', 'a study file, or the folder that holds study.yaml')
      .option('--out <FILE>', 'csv, parquet, dta or xlsx by its ending (default: panel.csv, beside the study file)')
      .option('--force', 'make the synthetic raw layer again, as if there were none'),
  ).action(async (path: string, given: Given<PanelBuildOptions> & GivenHold) => {
    const { runPanelCommand } = await import('./panel.ts');
    await runPanelCommand(
      { study: path, out: given.out ?? null, force: given.force === true, ...threads(given), ...holdOf(given) },
      context,
    );
  });
  panel
    .command('why')
    .description('one number of the panel taken back to the raw cells that it came from')
    .argument('<STUDY>', 'a study file, or the folder that holds study.yaml')
    .option('--unit <CODE>', 'code of the unit, as the panel has it')
    .option('--city <CODE>', 'the same: six-digit code of a city')
    .requiredOption('--year <YEAR>', 'the year', wholeNumber('--year', 1))
    .requiredOption('--var <NAME>', 'the variable, as the panel names it')
    .option('--out <DIR>', 'folder of a finished run (default: out/ID)')
    .option('--firms <N>', 'firms to show behind a count (default: 10)', wholeNumber('--firms', 0))
    .option('--json', 'one JSON document')
    .action(async (study: string, given: WhyGiven, command: Command) => {
      const { runPanelWhy } = await import('./panel-why.ts');
      const { unit = given.city, year, var: variable, out = null, firms = 10 } = given;
      if (unit === undefined)
        return command.error("error: required option '--unit <CODE>' not specified", {
          code: 'commander.missingMandatoryOptionValue',
        });
      await runPanelWhy({ study, unit, year, variable, out, firms, isJson: given.json === true }, context);
    });
  withHold(
    program
      .command('simulate')
      .description('the synthetic raw layer of a study, truth.json beside it')
      .argument('<STUDY>', 'a study file, or the folder that holds study.yaml')
      .option('--out <DIR>', 'folder for the raw tables; with --score for both layers')
      .option('--seed <N>', 'seed of every draw (default: the study says)', wholeNumber('--seed', 0))
      .option('--scale <K>', 'share of the full number of firms and patents, (0, 1]', share('--scale'))
      .option('--sampling', 'errors are drawn and left in: estimates scatter about the truth (default: the study says)')
      .option('--no-sampling', 'the panel is moved until it prints the published numbers')
      .option('--faults <none|usual|all|KINDS>', 'dirt to plant (default: the study says; of a score all)')
      .option('--score', 'build a dirty and a clean layer: what of the dirt was found and mended')
      .option('--format <FORMAT>', `the score as ${formatNames}`, dataFormat)
      .option('--json', 'the same as --format json')
      .option('--force', 'the same: a layer is always made anew'),
  ).action(async (path: string, given: GivenSimulate) => {
    const { runSimulateCommand } = await import('./simulate.ts');
    await runSimulateCommand(
      {
        study: path,
        out: given.out ?? null,
        faults: given.faults ?? null,
        score: given.score === true,
        format: given.json === true || given.format !== undefined ? outputOf({ ...given, out: null }).format : null,
        seed: given.seed ?? null,
        scale: given.scale ?? null,
        sampling: given.sampling ?? null,
        ...threads(given),
        ...holdOf(given),
      },
      context,
    );
  });
}

interface InitGiven extends ReadingOptions {
  readonly from?: string;
  readonly outcome?: string;
  readonly unit?: string;
  readonly time?: string;
  /** True where its value is missing. */
  readonly template?: string | true;
}

interface WhyGiven {
  unit?: string;
  city?: string;
  year: number;
  var: string;
  out?: string;
  firms?: number;
  json?: boolean;
}

type GivenDescribe = GivenOutput & EngineOptions & { readonly labels: boolean };

function addDataCommands(program: Command, context: CommandContext, line: TypedLine): void {
  withOutput(
    withDescribe(
      withEngine(
        withReading(program.command('describe'))
          .description('descriptive statistics, correlations, means by group, balance')
          .argument('<DATA>', 'csv, tsv, parquet, xlsx or dta file, or FILE.duckdb::table')
          .argument('[VAR...]', 'variables, numbers and text (default: every column but the keys of --panel)'),
      ),
    ),
  ).action(async (data: string, variables: string[], given: GivenDescribe) => {
    const { runDescribe } = await import('./describe.ts');
    const { describeWords } = await import('./request-words.ts');
    await runDescribe(
      {
        data,
        words: describeWords(variables, { ...given }),
        hasLabels: given.labels,
        ...engineOptions(given),
        ...readingOptions(given),
        ...output(given),
        ...threads(given),
      },
      context,
    );
  });
  withLayout(
    withPlot(withOutput(withAfterFit(withEngine(withRegOptions(withReading(withAs(program.command('reg')))))))),
  ).action(async (data: string, formulas: string[], given: GivenOutput & GivenReg & EngineOptions) => {
    const { runReg } = await import('./reg.ts');
    const { wholeFormulas } = await import('./option-habits.ts');
    const { layoutWords, requestWords } = await import('./request-words.ts');
    const { predict = null, fixef = null, as = null } = given;
    const words = requestWords(wholeFormulas(formulas, line), { ...given });
    await runReg(
      {
        ...{ data, words, layout: layoutWords({ ...given }), predict, fixef, as },
        ...plotOptions(given),
        ...engineOptions(given),
        ...shared(given),
      },
      context,
    );
  });
}

function addCompress(program: Command, context: CommandContext, line: TypedLine): void {
  withReading(withCompressOptions(program.command('compress'))).action(
    async (data: string, formulas: string[], given: GivenOutput & GivenCompress) => {
      const { runCompress } = await import('./compress.ts');
      const { wholeFormulas } = await import('./option-habits.ts');
      const { requestWords } = await import('./request-words.ts');
      const { by, minRows = null, out, ...rest } = given;
      const words = requestWords(wholeFormulas(formulas, line), { ...rest, vcov: [`cluster:${by}`] });
      const { format } = outputOf({ format: given.format, json: given.json, out: null });
      await runCompress({ data, words, minRows, out, format, ...readingOptions(given), ...threads(given) }, context);
    },
  );
}

function addThresholdCommand(program: Command, context: CommandContext): void {
  withLayout(withPlot(withOutput(withAs(withThresholdOptions(program.command('threshold')))))).action(
    async (data: string, formula: string, given: GivenOutput & GivenPlot & { readonly as?: ProgramName }) => {
      const { runThreshold } = await import('./threshold.ts');
      const { layoutWords, thresholdWords } = await import('./request-words.ts');
      const words = thresholdWords(formula, { ...given });
      const layout = layoutWords({ ...given });
      await runThreshold(
        { data, words, layout, as: given.as ?? null, ...plotOptions(given), ...shared(given) },
        context,
      );
    },
  );
}

function addExportCommand(program: Command, context: CommandContext): void {
  withExport(program.command('export')).action(async (kind: string, study: string, given: GivenExport) => {
    const { runExport } = await import('./export.ts');
    const { out, force } = given;
    await runExport({ kind, study, out, force: force === true, ...threads(given), ...holdOf(given) }, context);
  });
}

/** Commands of the contract that this version lacks. */
function addPlannedCommands(program: Command, context: CommandContext): void {
  const refuse = (command: Command): Command =>
    command
      .allowUnknownOption()
      .allowExcessArguments()
      .helpOption(false)
      .action(() => {
        throw new StudyError('not-available', { feature: fullName(command) });
      });
  const later = (parent: Command, name: string): Command => refuse(parent.command(name, { hidden: true }));
  later(program, 'serve');
  addRegistryCommands(program, context);
}

function addRegistryCommands(program: Command, context: CommandContext): void {
  const registry = program.command('registry').description('company registry tables');
  withScanOptions(registry.command('scan')).action(async (files: string[], given: GivenScan) => {
    const { runRegistryScan } = await import('./registry-scan.ts');
    await runRegistryScan(scanOptions(files, given), context);
  });
  registry
    .command('collect')
    .description('resumable collection from an enterprise-registry HTTP API')
    .requiredOption('--config <FILE>', 'where and what to ask, and how fast (docs/methods/collection.md)')
    .option('--out <DIR>', 'folder of the table, the journal and the answers', 'collected')
    .option('--dry-run', 'print the windows and an estimate of the requests, ask nothing')
    .option('--json', 'print one JSON document')
    .action(async (given: { config: string; out: string; dryRun?: boolean; json?: boolean }) => {
      const { runRegistryCollect } = await import('./registry-collect.ts');
      const { config, out, dryRun, json } = given;
      await runRegistryCollect({ config, out, isDryRun: dryRun === true, isJson: json === true }, context);
    });
}

type GivenSimulate = Partial<Omit<SimulateOptions, 'format' | 'hold'>> &
  GivenHold & { format?: DataFormat; json?: boolean };

function threads(given: { threads?: number | null }): { threads: number | null } {
  return { threads: given.threads ?? null };
}

/** What every command that reads a data file and prints is told. */
function shared(given: GivenOutput) {
  return { ...readingOptions(given), ...output(given), ...threads(given) };
}

function withOutput(command: Command): Command {
  return withThreads(withFormats(command));
}

function output(
  given: Given<Pick<RegOptions, 'format' | 'out'>> & { json?: boolean },
): Pick<RegOptions, 'format' | 'out'> {
  return outputOf(given);
}
