import { type Expected, said } from '../../error/said.ts';
import { isStudyError, type StudyError } from '../../error/study-error.ts';
import { planModels } from '../../model/estimate-formula.ts';
import { covarianceInWords } from '../../model/formula/covariance-words.ts';
import { badOption, type TypedLine } from './usage.ts';

/** A command line as it was typed. */
interface Typed {
  /** Words behind the option up to the next one, a formula left out. */
  readonly values: readonly string[];
  /** The formula, or y ~ x where there is none. */
  readonly formula: string;
}

const listOf = (values: readonly string[], joint: string): string =>
  values
    .flatMap((value) => value.replace(/^~|^c\(|\)$|"/g, '').split(/[\s,+]+/))
    .filter((name) => name !== '')
    .join(joint);

const formulaIs = (formula: string): Expected => said('expected.formula_is', { formula });
const withEffects = ({ values, formula }: Typed): Expected => {
  const effects = values.length === 0 ? 'UNIT' : listOf(values, ' + ');
  return formulaIs(`${formula} ${formula.includes('|') ? '+' : '|'} ${effects}`);
};
const panel = (names: readonly string[]): string => `--panel ${listOf(names, ',')}`;
const quoted = (text: string): string => (/^[\w.:+-]+$/.test(text) ? text : `"${text}"`);

/** Options of other programs: what is typed here instead. */
const optionHabits: Readonly<Record<string, (typed: Typed) => Expected>> = {
  cluster: ({ values }) => `--vcov cluster:${listOf(values, '+') || 'NAME'}`,
  robust: () => '--vcov hc1',
  hetero: () => '--vcov hc1',
  vce: ({ values }) => `--vcov ${covarianceInWords(values.join(' ')) || 'TYPE'}`,
  absorb: withEffects,
  entity: ({ values }) => panel([...values, 'TIME']),
  time: ({ values }) => panel(['UNIT', ...values]),
  index: ({ values }) => panel(values.length === 0 ? ['UNIT', 'TIME'] : values),
  instruments: ({ values, formula }) =>
    formulaIs(
      `${formula}${formula.includes('|') ? '' : ' | 0'} | ENDOGENOUS ~ ${listOf(values, ' + ') || 'INSTRUMENTS'}`,
    ),
  if: ({ values }) => `--where ${values.length === 0 ? 'CONDITION' : `"${values.join(' ')}"`}`,
  by: ({ values }) => `--split ${values.join(' ') || 'NAME'}`,
  weight: ({ values }) => `--weights ${values.join(' ') || 'NAME'}`,
  noconstant: ({ formula }) => formulaIs(formula.replace(/\s*(\||$)/, ' - 1 $1').trim()),
  data: ({ values, formula }) =>
    said('expected.file_first', { command: `kaya reg ${values[0] ?? 'DATA'} "${formula}"` }),
  formula: ({ formula }) => said('expected.formula_behind', { command: `kaya reg DATA "${formula}"` }),
  output: ({ values }) => `--out ${values[0] ?? 'FILE'}`,
  csv: () => '--format csv',
  latex: () => '--format tex',
  markdown: () => '--format md',
  html: () => '--format html',
  random: () => '--re',
  method: ({ values }) => `--estimator ${values[0] ?? 'TYPE'}`,
  missing: () => '--missing "TEXT,TEXT"',
  vif: () => '--diagnose vif',
  reset: () => '--diagnose reset',
  serial: () => '--diagnose serial',
  groupwise: () => '--diagnose hetero',
  dependence: () => '--diagnose cd',
};

/** Other spellings of the options above. */
const sameOption: Readonly<Record<string, string>> = {
  cl: 'cluster',
  'cluster-by': 'cluster',
  r: 'robust',
  heteroskedastic: 'hetero',
  se: 'vce',
  cov: 'vce',
  'cov-type': 'vce',
  'se-type': 'vce',
  covariance: 'vce',
  a: 'absorb',
  fe: 'absorb',
  fes: 'absorb',
  'fixed-effects': 'absorb',
  'entity-effects': 'absorb',
  'time-effects': 'absorb',
  effects: 'absorb',
  id: 'entity',
  unit: 'entity',
  i: 'entity',
  t: 'time',
  year: 'time',
  xtset: 'index',
  iv: 'instruments',
  instrument: 'instruments',
  endog: 'instruments',
  subset: 'if',
  filter: 'if',
  query: 'if',
  group: 'by',
  groupby: 'by',
  w: 'weight',
  aw: 'weight',
  pw: 'weight',
  nocons: 'noconstant',
  'no-constant': 'noconstant',
  'no-intercept': 'noconstant',
  df: 'data',
  file: 'data',
  input: 'data',
  model: 'formula',
  o: 'output',
  tex: 'latex',
  md: 'markdown',
  ovtest: 'reset',
  resettest: 'reset',
  xtserial: 'serial',
  pwartest: 'serial',
  pwfdtest: 'serial',
  xttest3: 'groupwise',
  xtcsd: 'dependence',
  pcdtest: 'dependence',
  cd: 'dependence',
};

/**
 * What was meant by wrong usage of `kaya reg` or `kaya threshold`: an option of another program, a formula without quotation
 * marks. Null where neither is likely.
 */
export function usageHabit({ detail }: StudyError<'bad-option'>, line: TypedLine): StudyError | null {
  const { option, value } = detail;
  const habit = value.startsWith('-') ? optionHabit(value, line.argv, option) : null;
  if (habit !== null) return habit;
  const isPiece = /^-(?:\d|$|[\p{L}_.(`]+$)/u.test(value);
  const isExcess = option === 'kaya threshold' && line.argv.includes(value) && !value.startsWith('-');
  if (!isPiece && !isExcess) return null;
  const words = line.argv.slice(line.argv.findIndex((word) => word === 'reg' || word === 'threshold') + 2);
  const end = words.findIndex((word) => word.startsWith('--'));
  const pieces = end < 0 ? words : words.slice(0, end);
  try {
    wholeFormulas(pieces, line);
  } catch (error) {
    if (isStudyError(error)) return error;
    throw error;
  }
  return null;
}

function optionHabit(flag: string, argv: readonly string[], command: string): StudyError<'bad-option'> | null {
  const [written = '', joined] = flag.split('=', 2);
  const bare = written.replace(/^-+/, '').toLowerCase();
  const name = sameOption[bare] ?? bare;
  const habit = Object.hasOwn(optionHabits, name) ? optionHabits[name] : undefined;
  if (habit === undefined) return null;
  const at = argv.findIndex((word) => word === flag || word.startsWith(`${written}=`));
  const behind = at < 0 ? [] : argv.slice(at + 1);
  const end = behind.findIndex((word) => word.startsWith('-') || word.includes('~'));
  const values = joined !== undefined ? [joined] : end < 0 ? behind : behind.slice(0, end);
  const formula = (name === 'formula' ? behind : argv).find((word) => word.includes('~')) ?? 'y ~ x';
  return badOption(command, [written, ...values].map(quoted).join(' '), habit({ values, formula }));
}

/**
 * The formulas of a command, or why the words are none: a formula without quotation marks comes in pieces, without what stood
 * behind a |, and with ~ turned into the home folder; a value with a blank leaves its second word among the formulas.
 * @throws bad-option, formula-syntax
 */
export function wholeFormulas(words: readonly string[], { argv, home }: TypedLine): readonly string[] {
  const isFormula = (word: string): boolean => word.includes('~') && word.trim() !== '~';
  const strays = words.filter((word) => !isFormula(word));
  if (words.length === 1 || strays.length === 0) return words;
  if (words.some(isFormula)) {
    for (const stray of strays) refuseStray(stray, argv);
  }
  const joined = words.map((word) => (home !== undefined && word === home ? '~' : word)).join(' ');
  const [model, ...others] = planModels(joined);
  const whole = model !== undefined && others.length === 0 ? model.text : joined;
  throw badOption('kaya reg', words.join(' '), said('expected.quoted_formula', { formula: whole }));
}

/** A word that is the second half of an option's value. */
function refuseStray(stray: string, argv: readonly string[]): void {
  const at = argv.indexOf(stray);
  const [flag, value] = [argv[at - 2] ?? '', argv[at - 1] ?? ''];
  if (!flag.startsWith('--') || value.startsWith('-')) return;
  const both = `${value} ${stray}`;
  if (flag === '--panel') throw badOption(flag, both, `--panel ${listOf([value, stray], ',')}`);
  if (flag === '--vcov') throw badOption(flag, both, `--vcov ${covarianceInWords(both)}`);
  throw badOption(flag, both, said('expected.one_value', { typed: `${flag} "${both}"` }));
}
