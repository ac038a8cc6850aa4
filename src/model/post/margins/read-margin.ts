import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { planModels } from '../../estimate-formula.ts';
import type { FormulaFactor } from '../../formula/ast.ts';

/** `ai by er`, `ai by er at ip`, `ai by er at ip = 10, 20`. */
export interface MarginTexts {
  readonly text: string;
  readonly treatment: string;
  readonly moderator: string;
  readonly second: {
    readonly name: string /** Null: its quartiles. */;
    readonly values: readonly number[] | null;
  } | null;
}

/** @throws bad-option */
export function readMargin(text: string): MarginTexts {
  const parts = /^\s*(.+?)\s+by\s+(.+?)(?:\s+at\s+(.+?)(?:\s*=\s*(.+?))?)?\s*$/s.exec(text);
  const [, treatment, moderator, name, listed] = parts ?? [];
  if (treatment === undefined || moderator === undefined) throw refusedMargin(text, said('expected.margins'));
  const values = listed === undefined ? null : listed.split(/[\s,]+/).map(Number);
  if (values?.some((value) => !Number.isFinite(value)) === true) throw refusedMargin(text, said('expected.margins'));
  return { text, treatment, moderator, second: name === undefined ? null : { name, values } };
}

/** The one column that a text stands for. @throws formula-syntax, bad-option */
export function oneFactor(text: string, whole: string): Exclude<FormulaFactor, { readonly kind: 'levels' | 'event' }> {
  const [model] = planModels(`y ~ ${text}`);
  const [product, ...others] = model?.products ?? [];
  const [factor] = product ?? [];
  const isOne = others.length === 0 && product?.length === 1;
  if (!isOne || factor === undefined || factor.kind === 'levels' || factor.kind === 'event')
    throw refusedMargin(whole, said('expected.margins'));
  return factor;
}

export function refusedMargin(value: string, expected: ReturnType<typeof said>): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option: 'margins', value, expected, suggestion: null });
}
