/**
 * What other languages write in a formula and this one does not take as it stands: `habit` of `formula-syntax` is one of
 * these. The sentence of each stands in `output/format/error-text/formula-habit.ts`.
 */
export const formulaHabits = [
  'pasted-command',
  'other-command',
  'options-behind',
  'variable-list',
  'equals-sign',
  'blank-between',
  'comma-between',
  'effects-by-bars',
  'fourth-part',
  'every-column',
  'polynomial',
  'power-of-sum',
  'arithmetic',
  'in-operator',
  'offset',
  'random-effect',
  'effects-as-term',
  'cluster-as-term',
  'entity-effects',
  'base-level',
  'hash-without-prefix',
  'operator-of-list',
  'sign-of-lag',
  'lags-listed',
  'shift',
  'indicator',
  'standardized',
  'as-number',
  'spline',
  'slopes-alone',
  'times-sign',
  'brackets',
  'endogenous-twice',
  'instruments-as-effects',
] as const;

export type FormulaHabit = (typeof formulaHabits)[number];

/** A habit with what to write in its place. */
export interface HabitAdvice {
  readonly name: FormulaHabit;
  /** The whole formula as it has to be written; null where no text would do for certain. */
  readonly write: string | null;
  /** What belongs beside the formula: `vcov`, `ssc`, `where`, `weights`, `panel`, `estimator`, and `re` with an empty text. */
  readonly beside: Readonly<Record<string, string>>;
  /** What of the text has no place in what is to be written, as it was typed; left out where nothing is lost. */
  readonly lost?: readonly string[];
  /** The command that is refused by name. */
  readonly other?: OtherCommand;
}

/** A command of another program that is no linear model here: an estimator this program has not, or another command of it. */
export interface OtherCommand {
  readonly name: string;
  readonly kind: 'estimator' | 'between' | 'weights' | 'threshold' | 'describe' | 'prepare' | 'event';
}
