import type { ErrorDetail, SheetOutline } from '../../../error/codes.ts';
import { saidText } from '../said-text.ts';
import { overBudget } from './budget.ts';
import { counted, type ErrorText, numberText as n, pointAt, powerText as power, shortList } from './contract.ts';
import { notNumericText } from './data-file.ts';
import { english as engine } from './engine.ts';
import { eventDesignText } from './event-design.ts';
import { faultText } from './file-fault.ts';
import { unreadableEn } from './file-text.ts';
import { folderDiffersText } from './folder-differs.ts';
import { habitText } from './formula-habit.ts';
import { latinFirst, withLatin } from './header-names.ts';
import { lackingText } from './lacking.ts';
import { emptyText } from './lost-rows.ts';
import { machineText } from './machine.ts';
import { namedFirst, namedText, pathAdvice } from './named-at.ts';
import { referenceText, unresolvedText } from './place.ts';
import { problemText } from './problem.ts';
import {
  duplicateSourceText,
  foreignAdvice,
  foreignReason,
  shareScaleText,
  unknownUnitText,
  unknownYearText,
} from './raw.ts';
import { english as spark } from './spark.ts';
import { english as sums } from './sums.ts';
import { unprintableText } from './unprintable.ts';
import { whereText } from './where.ts';
import { inUseText, refusedText } from './written-place.ts';

const list = (names: readonly string[]): string => shortList(names, ', ', (left) => ` and ${left} more`);
const oneOf = (names: readonly string[]): string => (names.length === 0 ? 'none' : list(names));
const meant = (name: string | null): string => (name === null ? '' : ` Did you mean ${name}?`);
const rows = (count: number): string => counted(count, 'row');

const sheetList = (sheets: readonly SheetOutline[]): string =>
  list(
    sheets.map(
      ({ name, rows: r, columns, isHidden }) => `${name} (${n(r)} x ${n(columns)}${isHidden ? ', hidden' : ''})`,
    ),
  );

const helpEn = (command: string | null = 'kaya'): string =>
  command === null ? '' : ` \`${command} --help\` lists ${command === 'kaya' ? 'the commands' : 'every option'}.`;

/** Errors in English: what was found, what was expected, where, and the next step. */
export const errorTextEn: ErrorText = {
  'bad-option': (d) =>
    // Nobody types the value of a flag.
    `${d.option} ${d.value === 'true' ? 'needs' : `does not take "${d.value}"; it takes`} ${saidText(d.expected, 'en')}.${meant(d.suggestion)}${helpEn(d.command)}`,
  'needs-more': (d) =>
    `${d.subject} needs ${saidText(d.needs, 'en')}${d.example === null ? '' : `, such as ${d.example}`}.${helpEn(d.command)}`,
  'not-available': (d) =>
    `${saidText(d.feature, 'en')} is planned but not in this version. ${d.instead === undefined ? '`kaya --help` shows what is there.' : `There is ${d.instead}.`}`,
  'formula-syntax': (d) =>
    d.habit === undefined
      ? `The formula cannot be read at character ${d.column}: ${d.found === '' ? 'it ends' : `found ${d.found}`}, expected ${saidText(d.expected, 'en')}.${meant(d.suggestion)}${pointAt(d.formula, d.column)}`
      : `The formula cannot be read at character ${d.column}. ${habitText(d.habit, 'en')}${pointAt(d.formula, d.column)}`,
  'study-invalid': (d) =>
    `${d.file} has ${counted(d.faults.length, 'fault')}.${d.faults.slice(0, mostFaults).map(fault(d.file)).join('')}${moreFaults(d.faults.length - mostFaults)}\nMend them and run the command again.`,
  'file-not-found': (d) =>
    `There is no file ${d.path} (${saidText(d.role, 'en')}).${meant(d.nearest)} ${pathAdvice(d.named, 'en')}`,
  'outside-study': (d) =>
    `${namedFirst(d.named, 'en')}${d.path} (${saidText(d.role, 'en')}) leads out of the folder of the study, ${d.folder}. Put it below that folder, or write where it is as a whole path: ${d.target}`,
  'outside-folders': (d) =>
    `${d.path} lies outside the folders that this server may touch: ${list(d.folders)}. Start it with the folder as well: kaya mcp FOLDER…`,
  'file-unreadable': unreadableEn,
  'unsupported-format': (d) =>
    d.fault === undefined
      ? `The ending of ${d.path} names no format that can be read. Known: ${list(d.known)}. Convert the file or give it the right ending.${namedText(d.named, 'en')}`
      : `${d.path} cannot be read: ${faultText(d.fault, 'en')}.${namedText(d.named, 'en')}`,
  'unknown-sheet': (d) =>
    d.sheets.length === 0
      ? `${d.path} has no sheets, so that ::${d.sheet} names nothing. Leave it off.${namedText(d.named, 'en')}`
      : `${d.path} has no sheet or table ${d.sheet}.${meant(d.nearest)} It has: ${sheetList(d.sheets)}.${namedText(d.named, 'en')}`,
  'choose-sheet': (d) =>
    `The first sheet of ${d.path}, ${d.first}, holds no table. Name the sheet that does as ${d.path}::SHEET. Its sheets: ${sheetList(d.sheets)}.${namedText(d.named, 'en')}`,
  'unknown-column': (d) =>
    `${d.where} names ${d.name}, which is not a column of the data.${meant(d.nearest)} Columns: ${oneOf(d.known)}.`,
  'not-numeric': (d) => notNumericText(d, 'en'),
  'bad-where': (d) => whereText(d, 'en'),
  'empty-sample': (d) => emptyText(d, 'en'),
  'bad-weight': (d) => {
    const what = {
      negative: 'negative',
      infinite: 'not finite',
      text: 'no number',
      fraction: 'not whole',
      missing: 'missing',
    }[d.reason];
    if (d.isFrequency === true)
      return `${d.weights} says how many rows a row stands for, and is ${what} in row ${n(d.row)} of the data: ${d.value} (${rows(d.count)} in all). It is a whole number, 0 for none; leave the row out where it is not known.`;
    return `${d.where} has a weight that is ${what}: row ${n(d.row)} of the data has ${d.value} in ${d.weights} (${rows(d.count)} in all). A weight is a number of at least 0; leave the cell empty, or the row out, where there is none.`;
  },
  'too-few-rows': (d) =>
    `${d.where} has ${rows(d.nobs)} for ${counted(d.parameters, 'parameter')}, fixed effects included; at least one more row than parameters is needed. Use fewer regressors or coarser fixed effects.`,
  collinear: (d) =>
    d.isAbsorbed === false
      ? `${d.where} has no regressor left to estimate: ${list(d.terms)} ${d.terms.length === 1 ? 'does' : 'do'} not vary over the rows of the sample. Look at what the filter and missing cells leave, or use regressors that vary.`
      : `${d.where} has no regressor left to estimate: ${list(d.terms)} ${d.terms.length === 1 ? 'is a combination' : 'are combinations'} of the fixed effects or of each other. Drop the fixed effect that holds them, or use regressors that vary within it.`,
  'instrument-shortage': (d) =>
    d.reason === 'count'
      ? `${d.where} has ${counted(d.instruments.length, 'usable instrument')} for ${counted(d.endogenous.length, 'endogenous regressor')} (${list(d.endogenous)}); at least as many are needed.${d.dropped.length === 0 ? '' : ` Dropped as combinations of the regressors or the fixed effects: ${list(d.dropped)}.`} Add instruments, or treat a regressor as exogenous.`
      : `The instruments of ${d.where} (${list(d.instruments)}) do not tell ${list(d.endogenous)} apart: their projections are collinear, so the coefficients are not identified. Use other instruments.`,
  'no-within-variation': (d) =>
    `${d.name} does not vary within the fixed effects of ${d.where}, so nothing can be estimated.${d.finest === null ? '' : ` ${d.finest.name} has ${counted(d.finest.levels, 'level')} on ${rows(d.finest.rows)}: is it a number that belongs among the regressors?`} Use coarser fixed effects or another outcome.`,
  'cluster-too-few': (d) =>
    `${d.where} clusters by ${d.by}, which has ${counted(d.clusters, 'group')}; at least two are needed. Cluster by a variable with more groups, or use --vcov hc1.`,
  'missing-cluster': (d) =>
    `${d.where} clusters by ${d.by}, but ${rows(d.rows)} of the sample ${d.rows === 1 ? 'has' : 'have'} no value of ${d.by}. Fill them, or leave those rows out with --where "${d.by} is not null".`,
  'covariance-undefined': (d) => {
    const head = `--vcov ${d.vcov} cannot be computed for ${d.where}: `;
    switch (d.reason) {
      case 'too-large':
        return `${head}its exact leverages need ${counted(d.count, 'dummy', 'dummies')} solved at once${d.limit === null ? '' : ` (at most ${n(d.limit)} beside the largest fixed effect)`}. Use --vcov hc1 or cluster:NAME, which need none.`;
      case 'saturated-rows':
        return `${head}the regressors fit ${rows(d.count)} exactly, whatever the outcome is there, so that their leverage is 1. Drop the regressor that only those rows have, or use --vcov hc1.`;
      case 'decisive-clusters':
        return `${head}without ${n(d.count)} of the clusters by ${d.name} some coefficient is not determined. Drop the regressor that varies in one cluster only, or use --vcov cr2:${d.name}.`;
      case 'instrumented':
        return `${head}a jackknife fits the model anew without each of the ${counted(d.count, 'cluster')}, which is not done with instruments. Use --vcov cr3:${d.name}, which adjusts by the leverages of the second stage.`;
      case 'uneven-time':
        return `${head}the ${n(d.count)} values of ${d.name} are not whole steps apart, so that a lag has no meaning. Number the periods.`;
      case 'bad-coordinates':
        return `${head}${rows(d.count)} of ${d.name} lie beyond ${d.limit} degrees. Coordinates are latitude, then longitude, in decimal degrees.`;
    }
  },
  'bad-table': (d) =>
    d.reason === 'shape'
      ? `The data are ${saidText(d.found, 'en')}; expected ${saidText(d.expected, 'en')}. Rows are a list of objects by column; columns go through fromColumns.`
      : d.reason === 'name'
        ? `A column is called ${saidText(d.found, 'en')}: no formula can name it. Call it something, or leave it out.`
        : d.reason === 'length'
          ? `The column ${d.name} has ${saidText(d.found, 'en')} values; expected ${saidText(d.expected, 'en')}. Columns of one table have one length.`
          : `The column ${d.name} holds ${saidText(d.found, 'en')} in row ${d.row}; expected ${saidText(d.expected, 'en')}. A column is of numbers or of text: write its values one way.`,
  'rows-needed': (d) => {
    const head = `${d.where} was fitted where its rows are, and they were left there: `;
    switch (d.use.kind) {
      case 'covariance':
        return `${head}--vcov ${d.use.vcov} looks at every row. Use iid or clusters that the fit was asked for, or fit the model on the rows.`;
      case 'constant':
        return `${head}the constant of xtreg and areg is made from them. Use another --ssc, or fit the model on the rows.`;
      case 'prediction':
        return `${head}fitted values and residuals belong to rows. Fit the model on the rows.`;
      case 'effects':
        return `${head}values of fixed effects are recovered from them. Fit the model on the rows.`;
      case 'random-effects':
        return `${head}random effects transform them. Fit the model on the rows.`;
      case 'instruments':
        return `${head}tests of instruments go through them. Fit the model on the rows.`;
      case 'joint':
        return `${head}a joint covariance of several models puts their rows together. Fit the models on the rows.`;
      case 'permutation':
        return `${head}a permutation moves them. Fit the model on the rows.`;
      case 'event':
        return `${head}averages over cohorts take the shares of theirs. Fit the model on the rows.`;
    }
  },
  'sums-refused': (d) => `${d.where}: ${sums.refusal(d.use)}`,
  'engine-refused': (d) => `${d.where}: ${engine.refusal(d.use)} ${engine.ways}`,
  'spark-failed': spark,
  'no-threshold-candidate': (d) =>
    `${d.where}: ${d.by} has ${counted(d.distinct, 'distinct value')} in ${rows(d.nobs)}, and none leaves ${rows(d.minRows)} on either side (trim ${d.trim}). Choose a threshold variable that varies more, or a smaller --trim.`,
  'out-of-scale': (d) =>
    d.reason === 'size'
      ? `${d.where}: the values of ${d.name} reach ${power(d.size)}, and squares of such numbers cannot be held in double precision. Divide it by ${power(d.size)} in the formula or in the data.`
      : `${d.where}: ${d.name} (up to ${power(d.size)}) and the outcome are so far apart in size that the variance of its coefficient cannot be held in double precision. Divide it by ${power(d.size)} in the formula or in the data.`,
  'over-budget': (d) => overBudget(d, 'en', n),
  'not-converged': (d) =>
    `${d.where} did not converge: after ${counted(d.iterations, 'iteration')} the change was ${d.reached}, and ${d.tolerance} was asked for. Look for fixed effects that are nearly the same as each other, and drop one.`,
  'panel-needed': (d) =>
    `${d.operator} in ${d.where} needs to know unit and time. Add --panel UNIT,TIME, such as --panel city,year.`,
  'duplicate-key': (d) => {
    const places = (d.examples ?? []).map(({ key, rows: own }) =>
      own.length === 0 ? key : `${key} (rows ${own.join(', ')})`,
    );
    const first = places.length === 0 ? d.example : places.join('; ');
    return `${d.where} has more than one row for a key of ${list(d.keys)}, first at ${first} (${n(d.count)} in all). Keep one row a key, or name the keys that make a row unique.${d.lacking === undefined ? '' : ` The files of data.panel stand one below the other, and ${d.lacking.file} lacks ${list(d.lacking.columns)}: a file that belongs beside them goes under data.join.`}`;
  },
  'join-refused': (d) => {
    const head = `${d.where} cannot join ${d.file}: `;
    switch (d.reason) {
      case 'unmatched':
        return `${head}${rows(d.count)} of the panel have no row in it, first ${d.example}. Correct the keys (${list(d.names)}), or say unmatched: keep or drop.`;
      case 'same-columns':
        return `${head}the panel has ${list(d.names)} already. Name the columns to take under columns, or rename one of the two.`;
      case 'key-kinds':
        return `${head}${list(d.names)} is a number on one side and text on the other (${d.example}). Name it under data.text or data.number.`;
    }
  },
  'time-unclear': (d) => {
    const head = `${d.name} in ${d.where} cannot be counted in periods: `;
    switch (d.reason) {
      case 'unreadable':
        return `${head}it holds ${d.example}. Give every row a time (a number, a date, 2010m3, 2010q1), or leave the cell empty.`;
      case 'ambiguous':
        return `${head}numbers such as ${d.example} may be year and month, or year and quarter. Say which behind the panel's keys: UNIT,${d.name},month or UNIT,${d.name},quarter.`;
      case 'mixed':
        return `${head}it mixes units of time (${d.example}). Write all of them in one way.`;
      case 'finer':
        return `${head}${d.example} is no time in the unit that was declared. Declare the unit that the column has, or a coarser one.`;
      case 'clock':
        return `${head}${d.example} has a time of day. Say which periods it is to be counted in, and the rest is left off: UNIT,${d.name},day.`;
      case 'uneven':
        return `${head}its distances (${d.example}) have no common step. Number the periods, or declare one: UNIT,${d.name},STEP.`;
    }
  },
  'event-design': (d) => eventDesignText(d, 'en'),
  'missing-header': (d) =>
    `${d.file} lacks the column ${withLatin(d.header, d.aliases)}.${meant(d.nearest)} These names would do: ${oneOf(latinFirst(d.aliases))}.${d.known.length > 1 ? ` The file has: ${oneOf(d.known)}.` : ' The file is no table: its first line is one cell.'}`,
  'unknown-unit': (d) => unknownUnitText(d, 'en'),
  'unknown-year': (d) => unknownYearText(d, 'en'),
  'duplicate-source': (d) => duplicateSourceText(d, 'en'),
  'share-scale': (d) => shareScaleText(d, 'en'),
  'nothing-to-make': (d) => `Nothing of the study can be made from its raw tables:${lackingText(d, 'en')}`,
  'unused-rule': (d) =>
    `${d.where} mends ${d.indicator}${d.file === null ? '' : ` in ${d.file}`}, but no value falls under it. Correct its file, cities or years, or delete it.`,
  'unresolved-place': (d) => unresolvedText(d, 'en'),
  'reference-invalid': (d) => referenceText(d, 'en'),
  'unknown-city': (d) =>
    `${d.file} names ${counted(d.count, 'city', 'cities')} that no reference table has: ${list(d.names)}.${meant(d.nearest)} Correct the spelling, or use the six-digit code.`,
  'format-limit': (d) =>
    `${d.path}: the table has ${n(d.asked)} ${d.of === 'letters' ? 'letters in one cell' : d.of}; a file of this format holds ${n(d.limit)}. Write it as csv or parquet, or fewer columns.`,
  'output-not-writable': (d) =>
    `${d.path} cannot be written: ${saidText(d.reason, 'en')}. ${d.by === 'argument' ? 'Name another folder.' : 'Choose another place with --out.'}`,
  'figure-unprintable': (d) => unprintableText(d, 'en'),
  'output-refused': (d) => refusedText(d, 'en'),
  'folder-in-use': (d) => inUseText(d, 'en'),
  'foreign-raw-layer': (d) =>
    `${d.path} holds raw data that \`kaya simulate\` did not make for this study: ${foreignReason(d, 'en')}. Nothing was overwritten. ${foreignAdvice(d, 'en')}`,
  'input-changed': (d) =>
    `${d.path} changed while the run read it. No results were written, because they would belong to no state of the file. Let whatever writes it end, then run again.`,
  'folder-differs': (d) => folderDiffersText(d, 'en'),
  'runs-differ': (d) =>
    `${d.b} differs from ${d.a} in ${counted(d.verdicts, 'verdict')}, ${counted(d.marks, 'sign or mark of stars', 'signs or marks of stars')} and ${counted(d.others, 'other place')}.`,
  'audit-findings': (d) =>
    `${d.path}: ${counted(d.a, 'finding')} of severity A, ${d.b} of B and ${d.c} of C: printed numbers that cannot both hold under the conventions named.`,
  interrupted: (d) => `Stopped by ${d.signal}. Finished steps are kept; run the same command again to go on.`,
  'missing-variable': (d) =>
    `${d.file} names the environment variable ${d.variable} (${d.key}), ${d.reason === 'unset' ? 'which is not set' : 'which holds fewer than 8 characters: too few for a key'}. Set it in the shell that you start the command from; never write the key into a file.`,
  'foreign-collection': (d) =>
    `${d.path} holds a collection made by other requests: another address, parameters, page size or key fields. Its pages cannot be mixed with new ones and were left as they are. Choose another folder with --out, or bring back the config that it was made with.`,
  'collection-stopped': (d) =>
    `${stopped(d)} ${d.pages === 0 ? 'No page was collected yet.' : `${counted(d.pages, 'page is', 'pages are')} kept; the same command goes on from there.`}`,
  'machine-refused': (d) => machineText(d, 'en'),
  'engine-failure': (d) =>
    `The query engine failed: ${d.reason}. This is a fault of Kaya; please report it with the statement:\n  ${d.sql}`,
  internal: (d) =>
    `Something failed that should not: ${d.reason}. This is a fault of Kaya; please report it with the command you ran.`,
};

function stopped(d: ErrorDetail<'collection-stopped'>): string {
  const said = `${saidText(d.status, 'en')}${d.message === '' ? '' : `: "${d.message}"`}`;
  switch (d.reason) {
    case 'denied':
      return `${d.url} refused access (${said}), so nothing more was asked. Check the key, the secret and what the account may read, and the clock of this machine if the token is signed with the time.`;
    case 'quota':
      return `${d.url} says that the quota is used up (${said}), so nothing more was asked. Wait until it is renewed or raise it with the provider.`;
    case 'bad-request':
      return `${d.url} does not take the request (${said}). Compare api and response in the config with the provider's documentation.`;
    case 'redirected':
      return `${d.url} sends on to another address (${saidText(d.status, 'en')}). The key is not sent there unasked: put the right address into api.url.`;
    case 'attempts':
      return `${d.url} gave no usable answer (attempts: ${n(d.attempts)}; the last one: ${said}). Try again later, or raise pace.attempts or pace.timeout_seconds.`;
    case 'long-wait':
      return `${d.url} asks to wait until ${d.resumesAt ?? 'later'} (${said}), longer than pace.longest_wait_seconds allows.`;
    case 'day-budget':
      return `The budget of today is used up (pace.per_day: ${counted(d.attempts, 'request')}). The next day of the API begins at ${d.resumesAt ?? 'midnight'}.`;
  }
}

/** Faults that one message shows. */
const mostFaults = 20;

function moreFaults(left: number): string {
  return left > 0 ? `\n  … and ${n(left)} more` : '';
}

function fault(file: string): (f: ErrorDetail<'study-invalid'>['faults'][number]) => string {
  return (f) => `\n  ${file}:${f.line}:${f.column} ${f.path}: ${problemText(f.problem, 'en')}.${meant(f.nearest)}`;
}
