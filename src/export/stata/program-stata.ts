import type { PreparedStudy, Program } from '../contract.ts';
import { oneLine } from '../one-line.ts';
import { labelStata, madeStata } from './columns-stata.ts';
import { linesStata } from './lines-stata.ts';
import { groupStata, partStata } from './part-stata.ts';

/** Stata: xtreg, areg and regress, and of the community reghdfe, ivreg2, ivreghdfe and boottest. */
export const programStata: Program = {
  id: 'stata',
  name: 'Stata',
  script: 'replicate.do',
  run: 'do replicate.do',
  comment: '*',
  // Of a line that begins with *, Stata still reads the marks of other comments.
  remark: (line) => (line.startsWith('*') ? line.replaceAll('/*', '/ *').replace(/\/{2,}/g, '/') : line),
  lines: linesStata,
  head: headStata,
  part: partStata,
  skip: (name, { count, reason }) => `not_repeated ${labelStata(name)} ${count} ${labelStata(reason)}`,
  ending: [
    'display as result _newline "$agreed of $compared numbers agree (relative tolerance $tolerance)"',
    'display as result "$left_out not repeated"',
    'if $agreed != $compared exit 9',
  ],
};

function headStata(study: PreparedStudy): readonly string[] {
  const { id, title, isSynthetic, version, panelSha256, columns, panel, nrow, namer } = study;
  const named = { term: panel.unit, name: namer.column(panel.unit) };
  const texts = [
    ...new Set([
      panel.unit,
      ...study.exhibits.flatMap(({ parts }) =>
        parts.flatMap((part) =>
          part.kind === 'model' && !('reason' in part.named)
            ? [...part.named.effects, ...part.named.clusters].map(({ term }) => term)
            : [],
        ),
      ),
    ]),
  ].filter((name) => columns.names.includes(name) && columns.kindOf(name) === 'text');
  return [
    `* ${oneLine(title)} (${id})`,
    ...(isSynthetic
      ? ['*', '* THE DATA ARE SYNTHETIC: made up, not those of the authors. This is no replication of a paper.']
      : []),
    '*',
    `* Repeats the numbers of a study of Kaya ${version} in Stata and compares them one by one: cd to this folder, do replicate.do`,
    '* Needs, of the community: ssc install ftools, reghdfe, ivreg2, ranktest, ivreghdfe, boottest. Ends with code 9 where a',
    '* number differs. Column names are those of panel.dta; labels are the names in the study.',
    'version 16',
    'clear all',
    'set more off',
    'global compared 0',
    'global agreed 0',
    'global left_out 0',
    '* A number agrees that differs by less than this share of it.',
    'global tolerance 1e-6',
    '',
    'capture program drop agree',
    'program define agree',
    '    args name here kaya',
    "    capture scalar k_found = `here'",
    '    if _rc != 0 scalar k_found = .',
    '    global compared = $compared + 1',
    "    if abs(scalar(k_found) - (`kaya')) <= $tolerance * abs(`kaya') + 1e-13 {",
    '        global agreed = $agreed + 1',
    '    }',
    '    else {',
    '        display as error "DIFFERS  `name\': here " %18.0g scalar(k_found) ", Kaya " %18.0g `kaya\'',
    '    }',
    'end',
    'capture program drop not_repeated',
    'program define not_repeated',
    '    args name number reason',
    "    global left_out = $left_out + `number'",
    "    display as text `\"`name': `number' not repeated: `reason'\"'",
    'end',
    '',
    `* panel.csv has sha256 ${panelSha256}`,
    'use panel.dta, clear',
    `assert _N == ${nrow}`,
    ...texts.map((name) => `egen long ${namer.made(`id of ${name}`)} = group(${namer.column(name)})`),
    ...(columns.kindOf(panel.time) === 'number'
      ? [
          `xtset ${groupStata(named, study)} ${namer.column(panel.time)}${columns.step === null || columns.step === 1 ? '' : `, delta(${columns.step})`}`,
        ]
      : [
          `egen long time_number = group(${namer.column(panel.time)})`,
          `xtset ${groupStata(named, study)} time_number`,
        ]),
    ...(study.made.length === 0 ? [] : ['* Columns that formulas make, on all rows.']),
    ...study.made.flatMap((column) => {
      const made = madeStata(column, study);
      return 'reason' in made
        ? [`* not made: ${column.name}, ${oneLine(made.reason)}`]
        : [`* ${oneLine(column.term)}`, ...made];
    }),
  ];
}
