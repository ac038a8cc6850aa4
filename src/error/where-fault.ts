/** What is wrong with a condition on rows. `write`: how it would be right, or what says the same. */
export type WhereFault =
  | { readonly kind: 'syntax'; readonly near: string }
  /** Something that looks beyond one row: a subquery, an aggregate, a window, several values. */
  | { readonly kind: 'not-a-row-condition'; readonly found: string }
  | { readonly kind: 'unknown-function'; readonly name: string; readonly nearest: string | null }
  /** What SQL has and conditions here have not; null: nothing says the same. */
  | { readonly kind: 'not-supported'; readonly name: string; readonly write: string | null }
  | { readonly kind: 'argument-count'; readonly name: string; readonly least: number; readonly most: number | null }
  /** A function is given what it does not take. */
  | {
      readonly kind: 'argument';
      readonly name: string;
      readonly expected: 'text' | 'date' | 'literal' | 'part' | 'number';
    }
  /** A name or a sign of another program whose meaning is not sure. */
  | { readonly kind: 'other-words'; readonly write: string }
  /** A sign that programs read in two ways. */
  | { readonly kind: 'ambiguous'; readonly sign: string; readonly write: string }
  /** Rows are compared with texts that the column does not hold, and none is left. */
  | {
      readonly kind: 'no-such-value';
      readonly name: string;
      readonly written: readonly string[];
      readonly nearest: string | null;
      readonly values: readonly string[];
      /** How many values the column has. */
      readonly count: number;
    }
  /** Text and number are compared, or text is computed with. `written` is the literal as it stands. */
  | { readonly kind: 'text-as-number'; readonly name: string | null; readonly written: string | null }
  | {
      readonly kind: 'number-as-text';
      readonly name: string | null;
      readonly written: string | null;
      /** Numbers that the column holds, where what is written is none. */
      readonly values?: readonly string[];
    }
  /** A date and a number are compared. */
  | { readonly kind: 'date-as-number'; readonly name: string | null }
  | { readonly kind: 'not-a-date'; readonly written: string }
  | { readonly kind: 'not-a-pattern'; readonly written: string }
  | { readonly kind: 'not-a-truth' }
  | { readonly kind: 'cannot-convert'; readonly cell: string | null }
  /** A sign of R or Stata between what are no conditions, which SQL has for the bits of whole numbers. */
  | { readonly kind: 'bit-sign'; readonly sign: string; readonly word: string; readonly write?: string }
  /** A number that a double cannot hold. */
  | { readonly kind: 'number-too-large' }
  | { readonly kind: 'too-deep' };
