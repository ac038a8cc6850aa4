/*
 * A published set of tables as it is audited: plain data, free of files and of any field. What a rule needs and no table prints (how
 * large a group is, what a variable can be) is told beside the tables.
 */

/** An interval of real numbers, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A number as printed, and every number that rounds to it. */
export interface Printed extends Interval {
  readonly text: string;
  readonly value: number;
  readonly decimals: number;
}

/** One coefficient with what is printed beside it. */
export interface Coefficient {
  readonly term: string;
  readonly estimate: Printed;
  /** Number of stars; null where the cell prints none and may have had no room for them. */
  readonly stars: number;
  /** A t or z statistic. */
  readonly statistic: Printed | null;
  readonly error: Printed | null;
  readonly p: Printed | null;
  readonly interval: readonly [Printed, Printed] | null;
}

/** One column of a table of regressions. */
export interface Column {
  readonly id: string;
  readonly label: string;
  readonly outcome: string | null;
  /** Names the rows that it is estimated on; null where nothing is said. */
  readonly sample: string | null;
  /** Columns with one name split one sample. */
  readonly group: string | null;
  readonly model: string;
  readonly n: Printed | null;
  readonly r2: Printed | null;
  /** Adjusted R2 can fall when a regressor is added. */
  readonly isAdjusted: boolean;
  /** Fixed effects that are in the model, lower case. */
  readonly effects: readonly string[];
  /** Regressors that the column says it has; null where it does not say. */
  readonly controls: readonly string[] | null;
  readonly cells: readonly Coefficient[];
}

/** A statistic of a whole table, such as a test of instruments. */
export interface TableTest {
  readonly id: string;
  readonly label: string;
  readonly value: Printed;
}

export interface RegressionTable {
  readonly id: string;
  readonly title: string;
  readonly note: string | null;
  /** The outcome as its heading prints it. */
  readonly printedOutcome: string | null;
  /** `classical` where the table says so, `robust` where it says robust or clustered, else null. */
  readonly errors: 'classical' | 'robust' | null;
  readonly columns: readonly Column[];
  readonly tests: readonly TableTest[];
}

/** Statistics of one variable; a name of a statistic is lower case: obs, mean, sd, min, median, max, p25. */
export interface DescriptiveRow {
  readonly table: string;
  readonly variable: string;
  readonly cells: Readonly<Record<string, Printed>>;
}

/** One test for a threshold. */
export interface ThresholdTest {
  readonly table: string;
  readonly variable: string;
  readonly f: Printed;
  readonly stars: number | null;
  readonly p: Printed | null;
  readonly threshold: Printed | null;
  readonly replicates: number | null;
  /** Critical values at 10, 5 and 1 percent. */
  readonly critical: readonly [Printed, Printed, Printed] | null;
}

/** A sentence of the text with the place that it speaks of. */
export interface Claim {
  readonly location: string;
  readonly quote: string;
  readonly kind: string;
  readonly value: unknown;
  /** Such as `T3.c6.x`, `T2.x`, `T8`; null where it names none. */
  readonly ref: string | null;
}

/** What a variable is, as its definition says. */
export type VariableKind =
  | 'log_count'
  | 'log'
  | 'count'
  | 'binary'
  | 'share'
  | 'percent'
  | 'ratio'
  | 'positive'
  | 'level';

/** What a file of facts says in words: in one language for all, or in each. */
export type FactText = string | { readonly en: string; readonly zh: string };

export interface VariableFact {
  readonly kind: VariableKind | null;
  /** Name in the words of the text. */
  readonly name: string | null;
  readonly unit: FactText | null;
  /** Smallest and largest value that a statistic of it can plausibly have, in the printed unit, and which statistic is meant. */
  readonly band: (Interval & { readonly of: 'mean' | 'median' | 'min' | 'max' }) | null;
  /** What else it may be, with the band of that. */
  readonly alternatives: readonly { readonly unit: FactText; readonly factor: number; readonly band: Interval }[];
  /** Zero cannot be a value. */
  readonly isNeverZero: boolean;
  readonly source: FactText | null;
}

/** How many units a group has by a list that is not the paper's. */
export interface GroupFact {
  /** Name of a sample or label of a column. */
  readonly sample: string;
  readonly units: number;
  readonly source: FactText;
  /** Other lists that are in use, with their counts. */
  readonly others: readonly { readonly units: number; readonly source: FactText }[];
}

/** All that is audited. */
export interface TableSet {
  /** p below which one, two and three stars stand. */
  readonly levels: readonly number[];
  readonly panel: { readonly units: number | null; readonly periods: number | null };
  readonly regressions: readonly RegressionTable[];
  readonly descriptives: readonly DescriptiveRow[];
  readonly thresholds: readonly ThresholdTest[];
  readonly claims: readonly Claim[];
  /** Names that columns, terms and titles use, beside those of the fields above. */
  readonly words: readonly string[];
  readonly variables: Readonly<Record<string, VariableFact>>;
  readonly groups: readonly GroupFact[];
  /** Names of samples that together are a whole. */
  readonly partitions: readonly (readonly string[])[];
  /** Pairs: the second is constant within the first. */
  readonly nested: readonly (readonly [string, string])[];
}

/** A changes what a reader may conclude, B a number or definition cannot be as printed, C wording or a caution. */
export type Severity = 'A' | 'B' | 'C';

export interface Place {
  readonly table: string | null;
  readonly column: string | null;
  readonly term: string | null;
  /** The sentence of the text. */
  readonly quote: string | null;
}

/** Numbers, names and words of facts that fill the sentence of a code; `format/audit` has the sentences. */
export type SaidValues = Readonly<Record<string, FactText | number>>;

/** Two printed things that cannot both hold under a named convention. */
export interface Finding {
  readonly rule: RuleId;
  /** Which sentence. */
  readonly code: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly values: SaidValues;
  /** The printed texts that are set against each other. */
  readonly found: readonly string[];
}

/** A check that holds; one with a code says what it proves. */
export interface Pass {
  readonly rule: RuleId;
  readonly code: string | null;
  readonly place: Place;
  readonly values: SaidValues;
}

/** What one check of a rule came to. */
export type Check = { readonly finding: Finding } | { readonly pass: Pass };

/** A rule: every check that it can make on a set. */
export type Rule = (set: TableSet) => readonly Check[];

export const ruleIds = [
  'R01',
  'R02',
  'R03',
  'R04',
  'R05',
  'R06',
  'R07',
  'R08',
  'R09',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R15',
  'R16',
  'R17',
  'R18',
  'R19',
  'R20',
  'R21',
  'R22',
  'R23',
  'R24',
  'R25',
] as const;
export type RuleId = (typeof ruleIds)[number];

export interface AuditResult {
  readonly findings: readonly Finding[];
  readonly passes: readonly Pass[];
}
