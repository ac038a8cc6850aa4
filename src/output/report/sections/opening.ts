import type { CovarianceLabel } from '../../../model/result/result.ts';
import type { Block } from '../../document/contract.ts';
import { decimalsOfErrors, formatFixed } from '../../format/format-number.ts';
import { type NumberStyle, publishedStyle } from '../../format/number-style.ts';
import type { Cell, Phrase, TableModel, Text } from '../../table/contract.ts';
import { covarianceName, covarianceShortName } from '../../table/covariance-name.ts';
import { joinedBy, tableOf, words } from '../../table/parts.ts';
import { say } from '../bilingual.ts';
import { holdingText, rulesText } from '../claim-texts.ts';
import { elementIds, sizeIds } from '../element-ids.ts';
import type { Headline, HypothesisRow, ReportModel, VerdictUnder } from '../outline.ts';

/** The first screen: title, whose study, the notice on the data, the key numbers, the verdicts. */
export function openingSection(report: ReportModel, numbers: NumberStyle): string {
  const { study } = report;
  const lines = [
    study.subtitle === null ? '' : `<p class="subtitle">${say(study.subtitle)}</p>`,
    study.authors === null ? '' : `<p class="authors">${say(study.authors)}</p>`,
    study.follows === null
      ? ''
      : `<p class="follows">${say({ key: 'report.follows', values: { paper: study.follows } })}</p>`,
  ];
  return [
    '<section class="opening" id="top">',
    `<h1>${say(study.title)}</h1>`,
    ...lines.filter((line) => line !== ''),
    report.isSynthetic ? syntheticNotice(report.changedByHand) : '',
    keyNumbers(report, numbers),
    verdictsMarkup(report.hypotheses, report),
    '</section>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** The same as blocks: whose study, the notice on the data, the key numbers, the verdicts. */
export function openingBlocks(report: ReportModel): readonly Block[] {
  const { study, headline, hypotheses, isSynthetic, changedByHand = [], names } = report;
  const lines: readonly Text[] = [
    ...(study.subtitle === null ? [] : [study.subtitle]),
    ...(study.authors === null ? [] : [study.authors]),
    ...(study.follows === null ? [] : [{ key: 'report.follows', values: { paper: study.follows } } as const]),
  ];
  const { size, coefficient } = headline;
  return [
    ...lines.map((text): Block => ({ kind: 'text', text })),
    ...(isSynthetic ? [{ kind: 'note', about: { key: 'report.notice_text' } } as const] : []),
    ...(changedByHand.length === 0 ? [] : [{ kind: 'note', about: changedText(changedByHand) } as const]),
    {
      kind: 'facts',
      title: '',
      lines: [],
      facts: size.map(({ label, value }) => ({ label, value: words(value) })),
      below: '',
    },
    ...(coefficient === null ? [] : [{ kind: 'table', table: coefficientTable(coefficient, names) } as const]),
    ...(hypotheses.length === 0
      ? []
      : [{ kind: 'table', table: verdictTable(hypotheses, isSynthetic, names), look: 'prose' } as const]),
  ];
}

function coefficientTable(
  { term, outcome, place, estimate, intervals }: NonNullable<ReportModel['headline']['coefficient']>,
  names: ReportModel['names'],
): TableModel {
  return tableOf(
    'headline',
    { key: 'report.coefficient', values: { term, outcome } },
    {
      columns: [
        { id: 'estimate', label: { key: 'coef.estimate' } },
        { id: 'interval', label: { key: 'report.interval_caption' } },
      ],
      rows: intervals.map(({ vcov, ci95: [low, high] }, i) => ({
        id: `${i + 1}`,
        label: words(covarianceShortName(vcov, names)),
        cells: [
          { kind: 'estimate', value: estimate, p: null },
          { kind: 'interval', low, high },
        ],
      })),
      notes: [place],
    },
  );
}

function verdictTable(
  hypotheses: readonly HypothesisRow[],
  isSynthetic: boolean,
  names: ReportModel['names'],
): TableModel {
  const methods = methodsOf(hypotheses);
  const hasStricter = hypotheses.some(({ stricter }) => stricter !== undefined);
  return tableOf(
    'hypotheses',
    { key: isSynthetic ? 'report.verdicts_synthetic' : 'report.verdicts' },
    {
      stub: { key: 'report.hypothesis' },
      columns: [
        { id: 'text', label: '' },
        ...methods.map((vcov, i) => ({ id: `${i + 1}`, label: covarianceName(vcov, names) })),
        ...(hasStricter ? [{ id: 'stricter', label: { key: 'report.stricter' } } as const] : []),
      ],
      rows: hypotheses.map((row) => ({
        id: row.id,
        label: words(row.id),
        cells: [
          words(joinedBy([row.text, ...rulesText(row)], 'list.space')),
          ...methods.map((_, i) => verdictCell(row.rule, row.verdicts[i])),
          ...(hasStricter ? [stricterCell(row.stricter, names)] : []),
        ],
      })),
    },
  );
}

/** The covariances that the columns of the verdicts stand for: those of the claim that has the most. */
function methodsOf(hypotheses: readonly HypothesisRow[]): readonly CovarianceLabel[] {
  const own = hypotheses.filter(({ standing }) => standing === undefined);
  const [most] = [...(own.length === 0 ? hypotheses : own)].sort((a, b) => b.verdicts.length - a.verdicts.length);
  return (most?.verdicts ?? []).map(({ vcov }) => vcov);
}

function verdictCell(rule: HypothesisRow['rule'], verdict: VerdictUnder | undefined): Cell {
  if (verdict === undefined) return words('');
  const counted = holdingText(rule, verdict);
  return words(joinedBy([{ key: `report.${verdict.verdict}` }, ...(counted === null ? [] : [counted])], 'list.comma'));
}

function stricterCell(stricter: HypothesisRow['stricter'], names: ReportModel['names']): Cell {
  if (stricter === undefined) return words('');
  const { rule, verdict } = stricter;
  if (verdict === null) return words({ key: 'report.no_verdict' });
  const under = underText(rule, verdict, names);
  return words(
    joinedBy(
      [
        { key: `report.${verdict.verdict}` },
        ...[holdingText(rule, verdict), under].flatMap((text) => (text === null ? [] : [text])),
      ],
      'list.comma',
    ),
  );
}

/** Under which covariance a stricter verdict stands; null where its rule rests on none. */
function underText(rule: HypothesisRow['rule'], { vcov }: VerdictUnder, names: ReportModel['names']): Text | null {
  const isOfDraws = rule !== 'rising' && rule !== 'positive' && rule !== 'negative' && rule !== 'none';
  return isOfDraws ? null : covarianceShortName(vcov, names);
}

function syntheticNotice(changed: ReportModel['changedByHand'] = []): string {
  return [
    '<div class="notice" role="note" id="synthetic-notice">',
    `<p class="notice-title">${say({ key: 'report.notice_title' })}</p>`,
    `<p>${say({ key: 'report.notice_text' })}</p>`,
    ...(changed.length === 0 ? [] : [`<p>${say(changedText(changed))}</p>`]),
    '</div>',
  ].join('\n');
}

/** Names the files of the synthetic layer that are no longer as they were made. */
function changedText(changed: readonly string[]): Phrase {
  return { key: 'report.changed_by_hand', values: { count: changed.length, files: changed.join(', ') } };
}

function keyNumbers({ headline, names }: ReportModel, numbers: NumberStyle): string {
  return [
    '<dl class="numbers">',
    ...sizeMarkup(headline.size).map(({ markup }) => markup),
    coefficientMarkup(headline.coefficient, names, numbers),
    '</dl>',
  ].join('\n');
}

/** The numbers before the coefficient, each with the id of its element. */
export function sizeMarkup(size: Headline['size']): readonly { readonly id: string; readonly markup: string }[] {
  return size.map(({ label, value }, i) => {
    const id = sizeIds[i] ?? '';
    return { id, markup: `<div id="${id}"><dt>${say(label)}</dt><dd class="size">${say(value)}</dd></div>` };
  });
}

/** On what no version of a reader changes: the page says so while one is on. */
export const staysMark = 'data-stays';

/** A 95 % interval is about four standard errors wide. */
const widthOfErrors = 4;

/** The coefficient of the first screen with its intervals; empty where the study names none. */
export function coefficientMarkup(
  coefficient: ReportModel['headline']['coefficient'],
  names: ReportModel['names'],
  numbers: NumberStyle = publishedStyle,
): string {
  if (coefficient === null) return '';
  const { term, outcome, place, estimate, intervals } = coefficient;
  const decimals = decimalsOfErrors(
    intervals.map(({ ci95: [from, to] }) => (to - from) / widthOfErrors),
    numbers.decimals.estimate,
  );
  const fixed = (value: number): string => formatFixed(value, decimals, numbers);
  const ends = intervals.flatMap((interval) => interval.ci95);
  const low = Math.min(0, estimate, ...ends);
  const high = Math.max(0, estimate, ...ends);
  const rows = intervals.map((interval) => {
    const [from, to] = interval.ci95;
    const bar = intervalBar({ from, to, estimate, low, high });
    return `<tr><th scope="row">${say(covarianceShortName(interval.vcov, names))}</th><td>${bar}</td><td>[${fixed(from)}, ${fixed(to)}]</td></tr>`;
  });
  return [
    `<div class="coefficient" id="${elementIds.coefficient}">`,
    `<dt>${say({ key: 'report.coefficient', values: { term, outcome } })} <span class="place">${say(place)}</span></dt>`,
    `<dd><span class="estimate">${fixed(estimate)}</span>`,
    `<table class="intervals"><caption>${say({ key: 'report.interval_caption' })}</caption><tbody>${rows.join('')}</tbody></table></dd>`,
    '</div>',
  ].join('\n');
}

/** An interval with its estimate on a line that holds zero; decoration beside the digits. */
function intervalBar(bar: { from: number; to: number; estimate: number; low: number; high: number }): string {
  const at = (value: number): number =>
    Math.round((6 + (108 * (value - bar.low)) / (bar.high - bar.low || 1)) * 10) / 10;
  return [
    '<svg class="bar" viewBox="0 0 120 16" width="120" height="16" aria-hidden="true">',
    `<line class="zero" x1="${at(0)}" x2="${at(0)}" y1="0" y2="16"/>`,
    `<line class="range" x1="${at(bar.from)}" x2="${at(bar.to)}" y1="8" y2="8"/>`,
    `<circle class="point" cx="${at(bar.estimate)}" cy="8" r="3.6"/>`,
    '</svg>',
  ].join('');
}

/** The verdicts on the hypotheses, a row each; empty where there are none. */
export function verdictsMarkup(
  hypotheses: readonly HypothesisRow[],
  { isSynthetic, names }: Pick<ReportModel, 'isSynthetic' | 'names'>,
): string {
  if (hypotheses.length === 0) return '';
  const methods = methodsOf(hypotheses);
  const hasStricter = hypotheses.some(({ stricter }) => stricter !== undefined);
  const head = [
    ...methods.map((vcov) => covarianceName(vcov, names)),
    ...(hasStricter ? [{ key: 'report.stricter' } as const] : []),
  ].map((label) => `<th scope="col">${say(label)}</th>`);
  return [
    `<div class="scroll" tabindex="0" id="${elementIds.verdicts}">`,
    '<table class="verdicts">',
    `<caption>${say({ key: isSynthetic ? 'report.verdicts_synthetic' : 'report.verdicts' })}</caption>`,
    `<thead><tr><th scope="col" colspan="2">${say({ key: 'report.hypothesis' })}</th>${head.join('')}</tr></thead>`,
    `<tbody>${hypotheses.map((row) => verdictRow(row, methods, hasStricter, names)).join('\n')}</tbody>`,
    '</table>',
    hasStricter ? foldedRules(hypotheses) : '',
    '</div>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** The rules of all claims: two a claim take more room than its verdicts. */
function foldedRules(hypotheses: readonly HypothesisRow[]): string {
  const entries = hypotheses.map(
    (row) =>
      `<dt>${row.id}</dt>${rulesText(row)
        .map((text) => `<dd>${say(text)}</dd>`)
        .join('')}`,
  );
  return `<details class="rules"><summary>${say({ key: 'report.rules' })}</summary><dl>${entries.join('\n')}</dl></details>`;
}

function verdictRow(
  row: HypothesisRow,
  methods: readonly CovarianceLabel[],
  hasStricter: boolean,
  names: ReportModel['names'],
): string {
  const own = standingVerdicts(row, methods);
  const cells = methods.map((_, i) => {
    const entry = own[i];
    return entry === undefined ? '<td class="verdict"></td>' : verdictMarkup(entry, [holdingText(row.rule, entry)]);
  });
  const { standing, stricter } = row;
  const [kind, said] =
    standing === undefined
      ? ['', '']
      : [` class="${standing}"`, `<small class="standing">${say({ key: standingKeys[standing] })}</small>`];
  const small = hasStricter
    ? ''
    : rulesText(row)
        .map((text) => ` <small>${say(text)}</small>`)
        .join('');
  const last = hasStricter ? stricterMarkup(stricter, names) : '';
  return `<tr${kind}><th scope="row">${row.id}</th><td>${say(row.text)}${small}${said}</td>${cells.join('')}${last}</tr>`;
}

function verdictMarkup({ verdict }: VerdictUnder, below: readonly (Text | null)[]): string {
  const small = below.flatMap((text) => (text === null ? [] : [` <small>${say(text)}</small>`]));
  return `<td class="verdict ${verdict}"><span>${say({ key: `report.${verdict}` })}</span>${small.join('')}</td>`;
}

function stricterMarkup(stricter: HypothesisRow['stricter'], names: ReportModel['names']): string {
  if (stricter === undefined) return '<td class="verdict"></td>';
  const { rule, verdict } = stricter;
  if (verdict === null) return `<td class="verdict"><small>${say({ key: 'report.no_verdict' })}</small></td>`;
  return verdictMarkup(verdict, [holdingText(rule, verdict), underText(rule, verdict, names)]);
}

const standingKeys = { waiting: 'version.waiting', authors: 'version.of_authors' } as const;

/** The verdicts of a row; of the authors' row in a version those under the covariances of the version. */
function standingVerdicts(
  { verdicts, standing }: HypothesisRow,
  methods: readonly CovarianceLabel[],
): readonly (HypothesisRow['verdicts'][number] | undefined)[] {
  if (standing === undefined) return verdicts;
  return methods.map((vcov) => verdicts.find((one) => JSON.stringify(one.vcov) === JSON.stringify(vcov)));
}
