import { seriesIn } from '../../data/panel/trace.ts';
import type { LackingMeasure } from '../../error/lacking-measure.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { Text } from '../../output/table/contract.ts';
import type { ResolvedTable } from '../exhibit/catalog.ts';
import { tableKindOf } from '../exhibit/catalog.ts';
import type { Bilingual } from '../language/bilingual.ts';
import type { ResolvedRawStudy } from '../language/resolve.ts';
import type { ResolvedModel } from '../language/resolve-models.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import { claimWithout, headlineWithout } from './claim-without.ts';
import type { ModelLeft, Unmade } from './contract.ts';
import { figureWithout, type Left, tableWithout } from './exhibit-without.ts';
import { modelWithout } from './model-without.ts';
import { faultText, type RowFault } from './row-fault.ts';

/** What can be made of a study, and what cannot. */
export interface StudyLeft {
  readonly study: ResolvedRawStudy;
  readonly unmade: readonly Unmade[];
  /** Tables of which a column that is left has another number than in the whole table. */
  readonly renumbered: ReadonlySet<string>;
}

/**
 * A study without the measures that its raw tables cannot give and what its rows do not: models, tables, figures and claims that need them are left out, of
 * tables of statistics their rows and of tables of models their columns, each told in `unmade` and in a note below its table.
 */
export function studyWithout(
  study: ResolvedRawStudy,
  lacking: readonly LackingMeasure[],
  vocabulary: Pick<Vocabulary, 'countedIn'>,
  faults: readonly RowFault[] = [],
): StudyLeft {
  if (lacking.length === 0 && faults.length === 0) return { study, unmade: [], renumbered: new Set() };
  const variables = new Set(lacking.map(({ variable }) => variable));
  const isCounted = ({ formula }: LackingMeasure): boolean =>
    seriesIn(formula).some((one) => vocabulary.countedIn(one) !== null);
  const counted = lacking.filter(isCounted).map(({ variable }) => variable);
  const keys = { ...study.panel, step: null };
  const models = new Map(
    Object.entries(study.models).map(([id, model]) => [id, modelWithout(id, model, keys, variables, faults)] as const),
  );
  const left: Left = { variables, counted, models, faults, whole: study.models };
  const tables = study.tables.map((table) => ({ table, ...tableWithout(table, left) }));
  const lost = new Map(
    tables.flatMap(({ table, exhibit, needs }) => (exhibit === null ? [[table.id, needs] as const] : [])),
  );
  const columns = new Map(study.tables.map((table) => [table.id, columnsOf(table, models)] as const));
  const partly = new Map(
    tables.flatMap(({ table, exhibit, needs }) =>
      exhibit === null || needs.length === 0 ? [] : [[table.id, needs] as const],
    ),
  );
  const ruling = { left, lost, partly, columns, tables: study.tables };
  const claims = study.hypotheses.map((claim) => ({ claim, ...claimWithout(claim, ruling) }));
  const lostClaims = new Map(
    claims.flatMap(({ claim, own }) => (own.needs.length > 0 ? [[claim.id, own.needs] as const] : [])),
  );
  const figures = study.figures.map((figure) => ({
    figure,
    ...figureWithout(figure, left, { study, lost, claims: lostClaims }),
  }));
  const headline = headlineWithout(study, ruling);
  const isShown = (id: string): boolean => study.tables.some((table) => 'models' in table && table.models.includes(id));
  return {
    study: {
      ...study,
      measures: study.measures.filter(({ id }) => !variables.has(id)),
      variables: Object.fromEntries(
        Object.entries(study.variables).map(([list, names]) => [list, names.filter((name) => !variables.has(name))]),
      ),
      models: Object.fromEntries([...models].flatMap(([id, { model }]) => (model === null ? [] : [[id, model]]))),
      tables: tables.flatMap(({ table, exhibit, needs, rows }) =>
        exhibit === null ? [] : [withNotes(exhibit, { needs, rows, columns: columns.get(table.id) ?? null })],
      ),
      figures: figures.flatMap(({ exhibit }) => exhibit ?? []),
      hypotheses: claims.flatMap(({ left: claim }) => claim ?? []),
      report: { ...study.report, headline: headline.left },
      ...partsOf(study, models),
    },
    unmade: [
      ...tables.flatMap(({ table: { id, title }, exhibit, needs, rows }): Unmade[] => {
        if (exhibit === null) return [{ kind: 'table', id, title, needs, ...reasonOf('table', id, faults) }];
        const gone = columns.get(id);
        const isPart = gone === null || gone?.some((isLeft) => !isLeft) === true;
        return [
          ...(rows.length === 0 ? [] : [{ kind: 'rows', id, needs: rows } as const]),
          ...(isPart && needs.length > 0
            ? [{ kind: 'columns', id, columns: numbersOf(gone ?? null), needs } as const]
            : []),
        ];
      }),
      ...figures.flatMap(({ figure: { id, title }, exhibit, needs }) =>
        exhibit === null ? [{ kind: 'figure', id, title, needs, ...reasonOf('figure', id, faults) } as const] : [],
      ),
      ...[...models].flatMap(([id, { model, needs, formulas }]): Unmade[] => {
        if (isShown(id)) return [];
        if (model === null) return [{ kind: 'model', id, formula: null, needs }];
        return formulas.map((one) => ({ kind: 'model', id, ...one }));
      }),
      ...claims.flatMap(({ claim: { id }, own, stricter }): Unmade[] => {
        if (own.needs.length > 0) return [{ kind: 'hypothesis', id, needs: own.needs }];
        return stricter === null || stricter.needs.length === 0
          ? []
          : [{ kind: 'stricter-rule', id, needs: stricter.needs }];
      }),
      ...(headline.needs.length === 0
        ? []
        : [{ kind: 'headline', id: study.report.headline?.table ?? '', needs: headline.needs } as const]),
    ],
    renumbered: new Set([...columns].flatMap(([id, gone]) => (isRenumbered(gone) ? [id] : []))),
  };
}

/** The parts of the panel of models that are not estimated, or not on all of them. */
function partsOf(
  study: ResolvedRawStudy,
  models: ReadonlyMap<string, ModelLeft<ResolvedModel>>,
): Pick<ResolvedRawStudy, 'parts'> {
  const changed = Object.entries(study.models).filter(
    ([id, { samples }]) => models.get(id)?.model?.samples !== samples,
  );
  return changed.length === 0 ? {} : { parts: Object.fromEntries(changed.map(([id, { samples }]) => [id, samples])) };
}

/** Why a table or a figure itself is not made. */
function reasonOf(kind: 'table' | 'figure', id: string, faults: readonly RowFault[]): { readonly reason?: Bilingual } {
  const fault = faults.find((one) => one.kind === kind && one.id === id);
  return fault === undefined ? {} : { reason: faultText(fault) };
}

/** For each column of a whole table of models whether it is left; null where their number is only known with the data. */
function columnsOf(
  table: ResolvedTable,
  models: ReadonlyMap<string, ModelLeft<ResolvedModel>>,
): readonly boolean[] | null {
  const all = tableKindOf(table)
    .coefficientModels(table)
    .map((id) => {
      const left = models.get(id);
      const columns = left === undefined ? null : left.columns;
      const isWithoutBase = 'baselines' in table && !table.baselines && (left?.model?.words.variants ?? null) !== null;
      return isWithoutBase ? (columns?.slice(1) ?? null) : columns;
    });
  return all.some((one) => one === null) ? null : all.flatMap((one) => one ?? []);
}

function isRenumbered(columns: readonly boolean[] | null): boolean {
  const first = columns?.indexOf(false) ?? -1;
  return first >= 0 && columns?.includes(true, first) === true;
}

const numbersOf = (columns: readonly boolean[] | null): readonly number[] | null =>
  columns?.flatMap((isLeft, i) => (isLeft ? [] : [i + 1])) ?? null;

/** A table with a note for what it has lost. */
function withNotes(
  table: ResolvedTable,
  {
    needs,
    rows,
    columns,
  }: {
    readonly needs: readonly string[];
    readonly rows: readonly string[];
    readonly columns: readonly boolean[] | null;
  },
): ResolvedTable {
  const gone = numbersOf(columns) ?? [];
  const notes = [
    ...(rows.length === 0 ? [] : [note('lacking.rows_note', { variables: rows.join(', ') })]),
    ...(gone.length === 0
      ? []
      : [note('lacking.columns_note', { columns: gone.join(', '), variables: needs.join(', ') })]),
    ...(rows.length > 0 || gone.length > 0 || needs.length === 0
      ? []
      : [note('lacking.part_note', { variables: needs.join(', ') })]),
  ];
  return notes.length === 0 ? table : { ...table, notes: [...table.notes, ...notes] };
}

function note(
  key: 'lacking.rows_note' | 'lacking.columns_note' | 'lacking.part_note',
  values: Readonly<Record<string, string>>,
): Bilingual {
  const text: Text = { key, values };
  return { en: formatText(text, 'en'), zh: formatText(text, 'zh') };
}
