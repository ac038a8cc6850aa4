import { at } from '../../../error/at.ts';
import type { TextKey } from '../../format/text-key.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from '../contract.ts';
import { covarianceName } from '../covariance-name.ts';
import { blanks, code, empty, joinedBy, plain, tableOf, words } from '../parts.ts';
import { causeText, commonCause } from './cause-text.ts';
import type {
  CellChange,
  ClaimChange,
  ClaimState,
  DiffCause,
  NumberChange,
  RunDiff,
  RunSide,
  Scalar,
  Verdict,
  VerdictChange,
} from './contract.ts';
import { type DiffKey, told } from './words.ts';

const column = (id: string, key: DiffKey): TableColumn => ({ id, label: told(key) });
const common = (id: string, key: TextKey): TableColumn => ({ id, label: { key } });
const sides: readonly TableColumn[] = [column('a', 'diff.a'), column('b', 'diff.b')];
const verbatim = (text: string): Cell => (text === '' ? empty : { kind: 'verbatim', text, align: 'end' });

/** The two runs: where they lie, of which study, by which version, on which data. */
export function sidesTable({ a, b, same_panel }: RunDiff): TableModel {
  const row = (id: string, key: DiffKey, cell: (side: RunSide) => Cell): TableRow => ({
    id,
    label: words(told(key)),
    cells: [cell(a), cell(b)],
  });
  const isStudy = a.study !== null || b.study !== null;
  return tableOf('runs', told('diff.runs'), {
    columns: sides,
    rows: [
      row('path', 'diff.path', ({ path }) => code(path)),
      ...(isStudy ? [row('study', 'diff.study', ({ study }) => (study === null ? empty : code(study)))] : []),
      row('version', 'diff.version', ({ kaya }) => words(`Kaya ${kaya}`)),
      ...(isStudy
        ? [
            row('data', 'diff.data', ({ synthetic }) =>
              synthetic === null ? empty : words(told(synthetic ? 'diff.synthetic' : 'diff.real')),
            ),
          ]
        : []),
    ],
    notes: same_panel === null ? [] : [told(same_panel ? 'diff.same_panel' : 'diff.other_panel')],
  });
}

type OptionCause = Extract<DiffCause, { kind: 'option' }>;

/** Keys of the study that differ, old and new; keys of several models or tables that differ alike are one row. */
export function optionsTable({ same_study }: RunDiff, options: readonly OptionCause[]): TableModel {
  const alike = new Map<string, OptionCause[]>();
  for (const option of options) {
    const row = JSON.stringify([sharedKey(option.key), option.a, option.b]);
    alike.set(row, [...(alike.get(row) ?? []), option]);
  }
  const rows = [...alike.values()].map((group) => {
    const { key, a, b } = at(group, 0);
    const followers = group.flatMap(({ followed_by }) => followed_by).length;
    const name = group.length === 1 ? key : sharedKey(key);
    const count = group.length === 1 ? followers : group.length;
    return { name, count, cells: [code(valueText(a)), code(valueText(b))] };
  });
  return tableOf('options', told('diff.options'), {
    stub: told('diff.key'),
    columns: sides,
    rows: rows.map(({ name, count, cells }, i) => ({
      id: `${i + 1}`,
      label: code(count === 0 ? name : `${name} (${count})`),
      cells,
    })),
    notes: [
      ...(rows.some(({ count }) => count > 0) ? [told('diff.followers_note')] : []),
      ...(same_study === true ? [told('diff.defaults_note')] : []),
    ],
  });
}

/** A key without the id of the model or table that it is of. */
function sharedKey(key: string): string {
  return key.replace(/^(models|tables|figures|hypotheses)\.[^.]+\./, '$1.*.');
}

/** Letters of a value of the study file that are shown. */
const shownLetters = 60;

/** A value as JSON writes it, a text without its quotes; a long one is cut. */
function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > shownLetters ? `${text.slice(0, shownLetters)}…` : text;
}

/** Verdicts of the study that differ. */
export function verdictsTable(verdicts: readonly VerdictChange[]): TableModel {
  return tableOf('verdicts', told('diff.verdicts'), {
    stub: { key: 'report.hypothesis' },
    columns: [column('vcov', 'diff.errors'), ...sides, column('cause', 'diff.from')],
    rows: verdicts.map(({ id, vcov, is_stricter: isStricter, before, after, cause }, i) => ({
      id: `${i + 1}`,
      label: words(id),
      cells: [
        words(joinedBy(underTexts(vcov, isStricter), 'list.comma')),
        verdictCell(before),
        verdictCell(after),
        words(causeText(cause)),
      ],
    })),
  });
}

function underTexts(vcov: VerdictChange['vcov'], isStricter: boolean): readonly Text[] {
  const stricter: readonly Text[] = isStricter ? [{ key: 'report.stricter' }] : [];
  return [...stricter, ...(vcov === null ? [] : [covarianceName(vcov)])];
}

function verdictCell(verdict: Verdict | null): Cell {
  if (verdict === null) return empty;
  const { holding, columns } = verdict;
  return words(told('diff.verdict', { verdict: { key: `report.${verdict.verdict}` }, holding, columns }));
}

/** Printed numbers of a paper that agree with the runs otherwise. */
export function claimsTable(claims: readonly ClaimChange[]): TableModel {
  return tableOf('claims', told('diff.claims'), {
    stub: { key: 'comparison.table' },
    columns: [
      common('column', 'comparison.column'),
      common('term', 'comparison.term'),
      common('published', 'comparison.published'),
      ...sides,
      column('cause', 'diff.from'),
    ],
    rows: claims.map((claim, i) => ({
      id: `${i + 1}`,
      label: words(claim.table),
      cells: [
        words(claim.column),
        words(claim.term),
        verbatim((claim.after ?? claim.before)?.published ?? ''),
        claimCell(claim.before),
        claimCell(claim.after),
        words(causeText(claim.cause)),
      ],
    })),
  });
}

function claimCell(claim: ClaimState | null): Cell {
  return claim === null ? empty : words({ key: `verdict.${claim.verdict}` });
}

/** Estimates that changed sign and cells that changed stars, over all tables. */
export function starsTable(cells: readonly CellChange[]): TableModel {
  return tableOf('stars', told('diff.stars'), {
    stub: { key: 'comparison.table' },
    columns: [
      common('row', 'comparison.term'),
      common('column', 'comparison.column'),
      ...sides,
      column('p_a', 'diff.p_a'),
      column('p_b', 'diff.p_b'),
      column('what', 'diff.what'),
      column('cause', 'diff.from'),
    ],
    rows: cells.map((cell, i) => ({
      id: `${i + 1}`,
      label: words(cell.table),
      cells: [
        words(cell.part === null ? cell.row : told('diff.in_part', { row: cell.row, part: cell.part })),
        words(cell.column),
        verbatim(cell.before),
        verbatim(cell.after),
        { kind: 'p', value: cell.p?.before ?? null },
        { kind: 'p', value: cell.p?.after ?? null },
        words(whatOf(cell)),
        words(causeText(cell.cause)),
      ],
    })),
  });
}

function whatOf({ weight, stars }: CellChange): Text {
  const lost = stars === null ? null : stars.before.length > stars.after.length ? 'diff.stars_lost' : 'diff.stars_won';
  if (weight !== 'sign') return told(lost ?? 'diff.stars_won');
  return lost === null ? told('diff.sign') : told('diff.sign_and', { mark: told(lost) });
}

/** Cells of one table of the study that differ, those of tables folded below it under their headings. */
export function cellsTable(table: string, caption: Text, cells: readonly CellChange[]): TableModel {
  const shared = commonCause(cells.map(({ cause }) => cause));
  const columns = [
    common('column', 'comparison.column'),
    ...sides,
    column('units', 'diff.units'),
    column('relative', 'diff.relative'),
    ...(shared === null ? [column('cause', 'diff.from')] : []),
  ];
  const parts = [...new Set(cells.map(({ part }) => part))];
  const rows = parts.flatMap((part, k): TableRow[] => [
    ...(part === null
      ? []
      : [{ id: `part.${k}`, label: words(part), cells: blanks(columns.length), isHead: true } satisfies TableRow]),
    ...cells
      .filter((cell) => cell.part === part)
      .map((cell, i) => ({
        id: `${k}.${i + 1}`,
        label: words(cell.row),
        cells: [
          words(cell.column),
          verbatim(cell.before),
          verbatim(cell.after),
          unitsCell(cell.change?.units ?? null),
          percentCell(cell.change?.relative ?? null),
          ...(shared === null ? [words(causeText(cell.cause))] : []),
        ],
      })),
  ]);
  const notes: Text[] = shared === null ? [] : [told('diff.from_note', { cause: causeText(shared) })];
  return tableOf(`cells.${table}`, caption, { stub: { key: 'comparison.term' }, columns, rows, notes });
}

/** A change below ten units is shown to a tenth of one. */
function unitsCell(units: number | null): Cell {
  return units === null ? empty : plain(units, Math.abs(units) < 9.95 ? 1 : 0);
}

function percentCell(relative: number | null): Cell {
  const percent = relative === null ? null : relative * 100;
  if (percent === null) return empty;
  return plain(percent, Math.abs(percent) < 0.095 ? 4 : Math.abs(percent) < 9.95 ? 2 : 1);
}

/** Numbers and words of the documents that differ, each by its path. */
export function numbersTable(numbers: readonly NumberChange[]): TableModel {
  return tableOf('numbers', told('diff.numbers'), {
    stub: told('diff.path_in'),
    columns: [...sides, column('relative', 'diff.relative'), column('cause', 'diff.from')],
    rows: numbers.map(({ path, before, after, relative, cause }) => ({
      id: path,
      label: code(path),
      cells: [scalarCell(before), scalarCell(after), percentCell(relative), words(causeText(cause))],
    })),
  });
}

function scalarCell(value: Scalar): Cell {
  return value === null ? empty : verbatim(valueText(value));
}

/** How many numbers of each section of the documents differ, and how many of those beyond the digits that are shown. */
export function sectionsTable(numbers: readonly NumberChange[]): TableModel {
  const sections = [...new Set(numbers.map(({ section }) => section))];
  return tableOf('sections', told('diff.sections'), {
    stub: told('diff.section'),
    columns: [column('differ', 'diff.differ'), column('shown', 'diff.differ_shown')],
    rows: sections.map((section) => {
      const own = numbers.filter((one) => one.section === section);
      const shown = own.filter(({ weight }) => weight !== 'beyond' && weight !== 'within');
      return {
        id: section,
        label: code(section),
        cells: [
          { kind: 'count', value: own.length },
          { kind: 'count', value: shown.length },
        ],
      };
    }),
  });
}
