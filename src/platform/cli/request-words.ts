import { type DescribeWords, describeSchema } from '../../model/describe/schema.ts';
import type { RequestWords } from '../../model/request/schema.ts';
import { requestSchema } from '../../model/request/schema.ts';
import { thresholdSchema } from '../../model/request/threshold-schema.ts';
import { type LayoutWords, layoutSchema } from '../../output/layout/schema.ts';
import { optionKeyOf } from './flags.ts';

/** Options as commander gives them: present when given. */
export type GivenOptions = Readonly<Record<string, unknown>>;

/**
 * What `kaya reg` is asked for, in the words of a request: every option that is one of its fields. The files of `--predict` and
 * `--fixef` are the command's own.
 */
export function requestWords(formulas: readonly string[], given: GivenOptions): RequestWords {
  const { predict, fixef, ...rest } = fieldsOf(Object.keys(requestSchema.shape), given);
  const words = {
    ...rest,
    ...(predict === undefined ? {} : { predict: true }),
    ...(fixef === undefined ? {} : { fixef: true }),
  };
  // Read and checked by `readRequest`, whatever its type says.
  return { ...words, formula: [...formulas] } as RequestWords;
}

/** What `kaya describe` is asked for, in the words of tables of the data. */
export function describeWords(variables: readonly string[], given: GivenOptions): DescribeWords {
  const words = fieldsOf(Object.keys(describeSchema.shape), given);
  // Read and checked by `readDescribe`, whatever its type says.
  return (variables.length === 0 ? words : { ...words, variables: [...variables] }) as DescribeWords;
}

/** What `kaya threshold` is asked for, in the words of a request. */
export function thresholdWords(formula: string, given: GivenOptions): RequestWords {
  const threshold = fieldsOf(Object.keys(thresholdSchema.shape), given);
  const whole = fieldsOf(
    Object.keys(requestSchema.shape).filter((field) => field !== 'threshold' && !(field in thresholdSchema.shape)),
    given,
  );
  // Read and checked by `readRequest`, whatever its type says.
  return { ...whole, formula, threshold } as unknown as RequestWords;
}

/** How a table of models is laid out, in the words of a layout. */
export function layoutWords({ labels, ...given }: GivenOptions): LayoutWords {
  // Left out where they are: commander gives true without --no-labels.
  const asked = labels === false ? { ...given, labels } : given;
  // Read and checked by `readLayout`, whatever its type says.
  return fieldsOf(Object.keys(layoutSchema.shape), asked) as LayoutWords;
}

function fieldsOf(fields: readonly string[], given: GivenOptions): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = given[optionKeyOf(field)];
      return value === undefined || value === null ? [] : [[field, value]];
    }),
  );
}
