import { stringify } from 'yaml';
import { formatText } from '../../output/format/format-text.ts';
import type { Language, TextKey } from '../../output/format/text-key.ts';
import type { Phrase } from '../../output/table/contract.ts';
import { quoteName, unquoteName } from '../../table/expression/tokenize.ts';
import type { LeftOut, LeftOutReason } from './choose-variables.ts';

/** What a first study about a ready panel is written from. */
export interface FirstStudy {
  readonly id: string;
  readonly title: string;
  /** As study.yaml names it, relative to its folder. */
  readonly file: string;
  readonly schema: string;
  /** How the file was read: what of it is not by the rule alone. */
  readonly reading: { readonly [K in 'text' | 'number' | 'missing']: readonly string[] };
  readonly unit: string;
  readonly time: string;
  readonly units: number;
  readonly periods: number;
  readonly rows: number;
  readonly outcome: string;
  readonly regressors: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly groups: readonly string[];
  /** Whether its times can be counted, so that lags can be taken. */
  readonly isCounted: boolean;
  /** Columns that are described. */
  readonly described: readonly string[];
}

const reasonKeys: Readonly<Record<LeftOutReason, TextKey>> = {
  text: 'first.reason_text',
  categories: 'first.reason_categories',
  empty: 'first.reason_empty',
  constant: 'first.reason_constant',
  'row-number': 'first.reason_row_number',
  many: 'first.reason_many',
  identifier: 'first.reason_identifier',
  within: 'first.reason_within',
  time: 'first.reason_time',
  missing: 'first.reason_missing',
  collinear: 'first.reason_collinear',
};

/** One scalar of YAML, quoted where it must be, between braces too. */
const scalar = (text: string): string =>
  /[,{}[\]\p{Cc}\u2028\u2029]/u.test(text) ? JSON.stringify(text) : stringify(text, { lineWidth: 0 }).trimEnd();
const list = (names: readonly string[]): string => `[${names.map((name) => scalar(name)).join(', ')}]`;

/** A short, commented study file that runs as it stands: descriptives, a two-way model of the outcome, a figure. */
export function firstStudyText(study: FirstStudy, language: Language): string {
  const say = (key: TextKey, values: Phrase['values'] = {}): string => formatText({ key, values }, language);
  const both = (key: TextKey, values: Phrase['values'] = {}): string =>
    `{ en: ${scalar(formatText({ key, values }, 'en'))}, zh: ${scalar(formatText({ key, values }, 'zh'))} }`;
  const { unit, time, outcome, regressors } = study;
  // Where no other column varies, the outcome before.
  const terms =
    regressors.length === 0 && study.isCounted ? [`l(${quoteName(outcome)}, 1)`] : regressors.map(quoteName);
  const [main, ...others] = terms;
  const effects = `${quoteName(unit)} + ${quoteName(time)}`;
  const lines = [
    `# yaml-language-server: $schema=${study.schema}`,
    `# ${say('first.head')}`,
    'kaya: 1',
    `id: ${study.id}`,
    `title: ${scalar(study.title)} # ${say('first.title')}`,
    '',
    'data:',
    `  panel: ${scalar(study.file)} # ${say('first.file')}`,
    ...Object.entries(study.reading).flatMap(([key, names]) =>
      names.length === 0 ? [] : [`  ${key}: ${list(names)}`],
    ),
    '',
    `panel: # ${say('first.panel', { rows: study.rows, units: study.units, periods: study.periods })}`,
    `  unit: ${scalar(unit)}`,
    `  time: ${scalar(time)}`,
    ...(study.groups.length === 0 ? [] : [`  groups: ${list(study.groups)} # ${say('first.groups')}`]),
    `  # sample: # ${say('first.sample')}`,
    `  #   - { exclude: ${outcome} is null, reason: ${say('first.no_outcome')} }`,
    '',
    `# derived: # ${say('first.derived')}`,
    `#   log_${plainName(outcome)}: { formula: log(${quoteName(outcome)}), label: ${both('first.log', { name: outcome })} }`,
    '',
    ...leftOutLines(study.leftOut, say),
    ...(others.length === 0 ? [] : ['variables:', `  controls: ${list(others)}`, '']),
    'models:',
    ...(main === undefined
      ? [
          `  two_way: { formula: ${scalar(`${quoteName(outcome)} ~ 1`)}, vcov: ${scalar(`cluster:${quoteName(unit)}`)} }`,
        ]
      : [
          ...(others.length === 0
            ? []
            : [
                '  alone:',
                `    formula: ${scalar(`${quoteName(outcome)} ~ ${main} | ${effects}`)}`,
                vcovLine(unit, say),
              ]),
          `  two_way: # ${say('first.effects')}`,
          `    formula: ${scalar(`${quoteName(outcome)} ~ ${main}${others.length === 0 ? '' : ' + ..controls'} | ${effects}`)}`,
          vcovLine(unit, say),
        ]),
    '',
    'tables:',
    '  - id: table1',
    '    kind: summary',
    `    title: ${both('first.descriptives')}`,
    `    variables: ${list(study.described)}`,
    '    statistics: [obs, missing, mean, sd, within_sd, between_sd, min, median, max]',
    '  - id: table2',
    '    kind: regression',
    `    title: ${both('first.two_way')}`,
    `    models: [${main === undefined || others.length === 0 ? 'two_way' : 'alone, two_way'}]`,
    ...(main === undefined
      ? []
      : [
          '',
          'figures:',
          '  - id: figure1',
          '    kind: coefficients',
          `    title: ${both('first.coefficient', { name: unquoteName(main) })}`,
          '    table: table2',
          `    term: ${scalar(main)}`,
          '',
          'report:',
          `  headline: { table: table2, term: ${scalar(main)} }`,
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

type Say = (key: TextKey, values?: Phrase['values']) => string;

function vcovLine(unit: string, say: Say): string {
  return `    vcov: [${scalar(`cluster:${quoteName(unit)}`)}, hc1] # ${say('first.vcov')}`;
}

function leftOutLines(leftOut: readonly LeftOut[], say: Say): string[] {
  if (leftOut.length === 0) return [];
  const lines = leftOut.map(({ name, reason, share }) => {
    return `#   ${name}: ${say(reasonKeys[reason], { share: Math.round(100 * (share ?? 0)) })}`;
  });
  return [`# ${say('first.left_out')}`, ...lines, ''];
}

/** A name that a new variable may have. */
function plainName(name: string): string {
  return name.replace(/[^\p{L}\p{N}_]+/gu, '_');
}
