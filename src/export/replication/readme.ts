import type { Script, ScriptStudy } from '../contract.ts';
import { oneLine } from '../one-line.ts';
import { tried } from './versions.ts';

/** A file that the study was made of. */
export interface ReplicationInput {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number | null;
  readonly synthetic?: boolean;
}

/** What the README of a replication tells of a study. */
export interface ReplicationStudy {
  readonly study: ScriptStudy;
  readonly authors: string | null;
  /** The publication whose design the study follows. */
  readonly follows: string | null;
  readonly scripts: readonly (Pick<Script, 'compared' | 'notRepeated' | 'exhibits'> & {
    readonly name: string;
    readonly file: string;
    readonly run: string;
  })[];
  readonly inputs: readonly ReplicationInput[];
  /** Of a synthetic raw layer. */
  readonly generator: { readonly version: number; readonly seed: number; readonly scale: number } | null;
  /** Files of the study that are in the package, below `study/`. */
  readonly copied: readonly string[];
}

/** The README of a replication package, by the template of the AEA Data Editor (social science data editors, version 1.1). */
export function replicationReadme(replication: ReplicationStudy): string {
  const { study } = replication;
  const title = oneLine(study.title);
  return `${[
    `# ${study.isSynthetic ? 'SYNTHETIC DATA: ' : ''}${title}`,
    ...(study.isSynthetic ? [syntheticNotice(replication)] : []),
    overview(replication),
    dataStatement(replication),
    requirements(replication),
    programs(replication),
    exhibits(replication),
    references(replication),
  ].join('\n\n')}\n`;
}

function syntheticNotice({ follows }: ReplicationStudy): string {
  const paper = follows === null ? 'a paper' : `a paper (${oneLine(follows)})`;
  return [
    '> **The data of this package are synthetic: made up by a program, not collected.** They are not the data of any authors. What the',
    `> scripts repeat is the arithmetic of one program in others; nothing here is a replication of ${paper}, and no number here`,
    '> is evidence about the world.',
  ].join('\n');
}

function overview({ study, authors, scripts }: ReplicationStudy): string {
  return [
    '## Overview',
    '',
    `The study \`${study.id}\`${authors === null ? '' : ` (${oneLine(authors)})`} was run by Kaya ${study.version}. This package holds its panel, the study itself, and`,
    `scripts of ${scripts.map(({ name }) => name).join(', ')} that estimate every model again and compare each number with Kaya's at a relative`,
    'tolerance of 1e-6. A replicator runs one of them; each takes minutes and ends in a line of how many numbers agree.',
  ].join('\n');
}

function dataStatement({ study, inputs, generator, copied }: ReplicationStudy): string {
  const licences = copied.filter((name) => /licen[cs]e/i.test(name));
  const label = (input: ReplicationInput): string =>
    input.synthetic === true || study.isSynthetic ? 'synthetic' : 'as listed';
  const shown = inputs.slice(0, mostInputs);
  return [
    '## Data availability and provenance statements',
    '',
    study.isSynthetic
      ? 'All data of this package are **synthetic** and made by the program that ran the study; they may be copied freely.'
      : 'The data are those of the files listed below. Whoever passes this package on checks that their terms allow it:',
    ...(study.isSynthetic ? [] : ['the program cannot know it.']),
    ...(generator === null
      ? []
      : [
          '',
          `The synthetic raw tables are drawn by \`npx kaya simulate study --out raw\` with seed ${generator.seed}, scale ${generator.scale} and version ${generator.version} of the`,
          'generator; the same seed gives the same bytes. They are not in this package; the panel made of them is.',
        ]),
    ...(licences.length === 0 ? [] : ['', `Terms of use: ${licences.map((name) => `\`study/${name}\``).join(', ')}.`]),
    '',
    '### Statement about rights',
    '',
    study.isSynthetic
      ? '- [x] The data are synthetic: nobody has rights in them.'
      : '- [ ] I certify that the authors of the study have legitimate access to and permission to use the data. *(To be ticked by them.)*',
    '',
    '### Dataset list',
    '',
    '| file | provided | what it is |',
    '|---|---|---|',
    `| \`panel.csv\`, \`panel.parquet\`, \`panel.dta\` | yes | the panel, ${study.nrow} rows, ${study.columns.names.length} columns; one table in three formats${study.isSynthetic ? '; **synthetic**' : ''} |`,
    ...copied.map(
      (name) => `| \`study/${name}\` | yes | ${/\.ya?ml$/.test(name) ? 'the study' : 'file of the study'} |`,
    ),
    '',
    '### What the panel was made of',
    '',
    '| file | sha256 | bytes | |',
    '|---|---|---|---|',
    ...shown.map(
      (input) => `| \`${oneLine(input.path)}\` | \`${input.sha256}\` | ${input.bytes ?? ''} | ${label(input)} |`,
    ),
    ...(inputs.length > shown.length ? [`| ${inputs.length - shown.length} more, in \`inputs.json\` | | | |`] : []),
  ].join('\n');
}

/** Files that are listed one by one. */
const mostInputs = 40;

function requirements({ study, generator }: ReplicationStudy): string {
  return [
    '## Computational requirements',
    '',
    '| program | tried with | environment |',
    '|---|---|---|',
    `| R | ${tried.r}, base R alone | \`install.R\` adds fixest, which is used where it is there |`,
    `| Python | ${tried.python}, numpy ${tried.numpy}, pandas ${tried.pandas}, pyfixest ${tried.pyfixest} | \`requirements.txt\` |`,
    `| Stata | not run: no Stata was there | \`ssc install\` ${tried.stata.join(', ')} |`,
    `| Kaya | ${study.version} on Node.js 20.19 or later | \`package.json\`; makes all numbers again: \`npm install && npm run study\` |`,
    '',
    '`Dockerfile` runs the scripts for R and Python. No network is needed while they run.',
    '',
    `**Randomness.** The scripts draw nothing. ${generator === null ? '' : `The synthetic data have the seed ${generator.seed}. `}What Kaya draws (bootstraps, permutations) has the seeds of \`study/study.yaml\` and is not repeated: other`,
    'programs have other generators.',
    '',
    '**Memory and time.** Below 1 GB; seconds to a few minutes on one core.',
  ].join('\n');
}

function programs({ scripts }: ReplicationStudy): string {
  return [
    '## Description of programs',
    '',
    '| script | run | numbers compared | not repeated |',
    '|---|---|---|---|',
    ...scripts.map(
      ({ file, run, compared, notRepeated }) =>
        `| \`${file}\` | \`${run}\` | ${compared} | ${notRepeated}, each with its reason |`,
    ),
    '',
    '### Instructions to replicators',
    '',
    '1. `sha256sum -c SHA256SUMS` checks that nothing was changed.',
    '2. Run one of the scripts in this folder. Its last lines say how many numbers agree; its status is not 0 where one does not.',
    '3. `KAYA_WRITTEN_OUT=1` makes R and Python use no package for regressions, `KAYA_TOLERANCE=1e-8` asks for more agreement.',
  ].join('\n');
}

function exhibits({ study, scripts }: ReplicationStudy): string {
  const [first] = scripts;
  const rows = study.exhibits.map(({ heading, title, parts }, i) => {
    const counts = scripts.map(({ exhibits: own }) => own[i]?.compared ?? 0);
    const note = parts.find((part) => part.kind === 'note');
    const what = counts.every((count) => count === 0) ? (note?.kind === 'note' ? oneLine(note.text) : '') : '';
    return `| ${heading} | ${oneLine(title).replaceAll('|', '/')} | ${counts.join(' | ')} | ${what.replaceAll('|', '/')} |`;
  });
  return [
    '## List of tables, figures and programs',
    '',
    `Each script has a section of the same heading. Numbers compared by ${scripts.map(({ file }) => `\`${file}\``).join(', ')}:`,
    '',
    `| exhibit | title | ${scripts.map(({ name }) => name).join(' | ')} | note |`,
    `|---|---|${scripts.map(() => '---|').join('')}---|`,
    ...(first === undefined ? [] : rows),
  ].join('\n');
}

function references({ follows }: ReplicationStudy): string {
  return [
    '## References',
    '',
    ...(follows === null ? [] : [`- The design follows: ${oneLine(follows)}`]),
    '- The Kaya maintainers. *Kaya: a study engine for panel econometrics.*',
    '- Bergé, L. (2018). Efficient estimation of maximum likelihood models with multiple fixed-effects: the R package FENmlm. CREA Discussion Paper 13. (fixest)',
    '- Correia, S. (2017). Linear models with high-dimensional fixed effects: an efficient and feasible estimator. Working paper. (reghdfe)',
    '- Baum, C., Schaffer, M., Stillman, S. (2007). Enhanced routines for instrumental variables/GMM estimation and testing. *Stata Journal* 7(4). (ivreg2)',
    '- Hansen, B. (1999). Threshold effects in non-dynamic panels: estimation, testing, and inference. *Journal of Econometrics* 93(2).',
    '- The pyfixest authors. *pyfixest: fast high-dimensional fixed effects regression in Python.*',
    '- Vilhuber, L. et al. *A template README for social science replication packages.* Social Science Data Editors.',
  ].join('\n');
}
