import type { CovarianceLabel } from '../../model/result/result.ts';
import { escapeMarkup } from '../document/table/escape.ts';
import { formatCount, formatRounded } from '../format/format-number.ts';
import { publishedStyle } from '../format/number-style.ts';
import type { TextKey } from '../format/text-key.ts';
import type { Text } from '../table/contract.ts';
import { covarianceName } from '../table/covariance-name.ts';
import { calledBy } from '../table/variable-names.ts';
import { say } from './bilingual.ts';

/** What stands behind the numbers of a table of models. */
export interface TableAnswers {
  /** The coefficient of every row of the body, in their order; null: it is of none. */
  readonly rows: readonly (string | null)[];
  readonly columns: readonly ColumnAnswers[];
}

/** The model in a column. */
export interface ColumnAnswers {
  /** Where it stands, such as Table 3, column (6). */
  readonly place: Text;
  readonly formula: string;
  /** Condition on its rows; null: all of them. */
  readonly sample: string | null;
  readonly nobs: number;
  /** Every coefficient under every covariance, the printed one first. */
  readonly terms: Readonly<Record<string, readonly TermAnswer[]>>;
  /** The same model in other programs. */
  readonly elsewhere: readonly { readonly program: string; readonly lines: string }[];
}

export interface TermAnswer {
  readonly vcov: CovarianceLabel;
  readonly estimate: number;
  readonly se: number | null;
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: readonly [low: number, high: number] | null;
}

/** Answers as a page shows them: what is said of a column once, of a coefficient in it by term and place of the column. */
export interface AnswerMarkup {
  readonly rows: TableAnswers['rows'];
  readonly columns: readonly string[];
  readonly terms: Readonly<Record<string, readonly (string | null)[]>>;
}

/** The answers of a table as markup. @param names printed labels of variables */
export function answerMarkup(
  { rows, columns }: TableAnswers,
  names: Readonly<Record<string, Text>> = {},
): AnswerMarkup {
  const asked = [...new Set(rows.flatMap((term) => term ?? []))];
  return {
    rows,
    columns: columns.map(columnMarkup),
    terms: Object.fromEntries(
      asked.map((term) => [
        term,
        columns.map(({ terms }) => (Object.hasOwn(terms, term) ? termMarkup(term, terms[term] ?? [], names) : null)),
      ]),
    ),
  };
}

function termMarkup(term: string, answers: readonly TermAnswer[], names: Readonly<Record<string, Text>>): string {
  const [first] = answers;
  if (first === undefined) return '';
  const heads: readonly TextKey[] = ['answer.errors', 'coef.se', 'answer.stat', 'coef.p', 'report.interval_caption'];
  const rows = answers.map(({ vcov, se, stat, p, ci95 }) => {
    const cells = [se, stat, p].map((value) => `<td class="num">${number(value)}</td>`).join('');
    const ends = ci95 === null ? '' : `[${number(ci95[0])}, ${number(ci95[1])}]`;
    const errors: Text = { key: 'list.semicolon', values: { first: covarianceName(vcov, names), second: vcov.ssc } };
    return `<tr><th scope="row">${say(errors)}</th>${cells}<td class="num">${ends}</td></tr>`;
  });
  const label = calledBy(term, names);
  const called = label === null || label === term ? '' : `${say(label)} `;
  return [
    `<p class="answer-estimate">${called}<code>${escapeMarkup(term)}</code> <strong>${number(first.estimate)}</strong></p>`,
    `<div class="scroll" tabindex="0"><table><thead><tr>${heads.map((key) => `<th scope="col">${say({ key })}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.join('')}</tbody></table></div>`,
  ].join('');
}

function columnMarkup({ place, formula, sample, nobs, elsewhere }: ColumnAnswers): string {
  const fact = (key: TextKey, value: string): string => `<div><dt>${say({ key })}</dt><dd>${value}</dd></div>`;
  return [
    `<h2>${say(place)}</h2>`,
    '<dl>',
    fact('answer.formula', `<code>${escapeMarkup(formula)}</code>`),
    fact('answer.sample', sample === null ? say({ key: 'sample.all' }) : `<code>${escapeMarkup(sample)}</code>`),
    fact('report.observations', formatCount(nobs, publishedStyle)),
    '</dl>',
    ...elsewhere.map(
      ({ program, lines }) =>
        `<details><summary>${escapeMarkup(program)}</summary><pre tabindex="0"><code>${escapeMarkup(lines)}</code></pre></details>`,
    ),
  ].join('');
}

/** Digits that tell one run from another. */
const digits = 7;

function number(value: number | null): string {
  return value === null ? publishedStyle.missing : escapeMarkup(formatRounded(value, digits));
}
