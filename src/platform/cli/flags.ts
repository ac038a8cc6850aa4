import { fieldOfSlot, isSaid, type Said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { describeSchema } from '../../model/describe/schema.ts';
import { requestSchema } from '../../model/request/schema.ts';
import { thresholdSchema } from '../../model/request/threshold-schema.ts';
import { layoutSchema } from '../../output/layout/schema.ts';

/** Every field of a request by the name that its option is made from; those of the threshold part by their own. */
export const requestFields: readonly string[] = [
  ...Object.keys(requestSchema.shape).filter((field) => field !== 'formula' && field !== 'threshold'),
  ...Object.keys(thresholdSchema.shape),
  ...Object.keys(describeSchema.shape).filter((field) => field !== 'variables'),
  ...Object.keys(layoutSchema.shape),
];

/** `--re-method` of `re_method`; null for what is no field that an option gives. */
export function flagOf(field: string): string | null {
  const name = field.replace(/^threshold\./, '').replace(/\[\d+\]$/, '');
  return requestFields.includes(name) ? `--${name.replaceAll('_', '-')}` : null;
}

/** The option as commander names it, `reMethod`. */
export function optionKeyOf(field: string): string {
  return field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** What a function throws, with the flags of the command line in place of the fields of a request. */
export async function inFlags<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw withFlags(error);
  }
}

/** A fault of a request's field, told by the option that gave it. */
export function withFlags(error: unknown): unknown {
  if (!isStudyError(error)) return error;
  const detail: Record<string, unknown> = { ...error.detail };
  for (const [name, value] of Object.entries(detail)) if (isSaid(value)) detail[name] = saidInFlags(value);
  const { option, feature, operator, where, subject, example } = detail;
  if (typeof option === 'string') detail.option = flagOf(option) ?? option;
  if (typeof feature === 'string') detail.feature = flagFirst(feature);
  if (typeof subject === 'string') detail.subject = flagFirst(subject);
  if (typeof example === 'string') detail.example = flagFirst(example);
  if (typeof operator === 'string') detail.operator = flagFirst(operator);
  // Else a formula, whose outcome may be called as a field is.
  if (typeof where === 'string' && !where.includes('~')) detail.where = flagFirst(where);
  // The same code with the same keys: texts stay texts.
  return new StudyError(error.code, detail as typeof error.detail, { cause: error }); // as said above
}

/** A phrase with options in place of the fields that it names. */
function saidInFlags(phrase: Said): Said {
  if (phrase.values === undefined) return phrase;
  const values = Object.entries(phrase.values).map(([slot, value]) => {
    const isField = typeof value === 'string' && (slot === 'option' || fieldOfSlot(slot) !== null);
    return [slot, isField ? (flagOf(value) ?? value) : isSaid(value) ? saidInFlags(value) : value] as const;
  });
  return { ...phrase, values: Object.fromEntries(values) };
}

/** `by region` as `--by region`. */
function flagFirst(text: string): string {
  const [first = ''] = text.split(' ', 1);
  const flag = flagOf(first);
  return flag === null ? text : flag + text.slice(first.length);
}
