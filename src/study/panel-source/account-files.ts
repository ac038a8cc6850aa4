import { at, ownEntry } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import { describeColumns } from '../../model/describe/describe-columns.ts';
import { groupChanges, panelShape } from '../../model/panel-shape.ts';
import type { PanelFileData, PanelFileVariable } from '../../output/report/panel-file-data.ts';
import { columnNamed } from '../../table/column.ts';
import { factorOf } from '../../table/factor.ts';
import { modelRows } from '../account-data.ts';
import type { StudyTable } from '../exhibit/contract.ts';
import { accountRawTables } from './account-raw-tables.ts';
import type { ElsewhereDescribed, StudyPanel } from './contract.ts';
import { shapeData } from './shape-data.ts';
import { roleOf, usedVariables } from './variable-roles.ts';

type FilePanel = Extract<StudyPanel, { kind: 'panel-file' }>;

/** What became of the files of a ready panel, up to the rows of each model. */
export function accountFiles(panel: FilePanel, tables: readonly StudyTable[]): PanelFileData {
  const { study, table, files, raw } = panel;
  const { unit, time } = study.panel;
  const shape = panel.elsewhere?.shape ?? panelShape(table, study.panel, 'panel');
  return {
    kind: 'panel-file',
    unit,
    time,
    files: files.files,
    joins: files.joins,
    ...(raw === null ? {} : { raw: accountRawTables(study, table, raw) }),
    flow: {
      rows: files.rows,
      units: files.units,
      keyless: files.keyless,
      rules: files.rules.map(({ rowsOut, rowsLeft, unitsOut, unitsLeft, kind, where, reason, assumption }) => ({
        kind,
        where,
        reason,
        assumption,
        rows_out: rowsOut,
        rows_left: rowsLeft,
        units_out: unitsOut,
        units_left: unitsLeft,
      })),
    },
    shape: shapeData(shape),
    groups: study.groups.map((group) => groupsInWords(panel, group)),
    variables: variablesOf(panel),
    models: tables.flatMap((made) => modelRows(made, shape.rows)),
  };
}

/** Changes of groups; coded units and groups by their texts. */
function groupsInWords({ study, table, valueTexts }: FilePanel, group: string): PanelFileData['groups'][number] {
  const { examples, ...counts } = groupChanges(table, study.panel, group, `panel.groups: ${group}`);
  const textOf = (name: string, cell: string): string => ownEntry(valueTexts, name)?.get(Number(cell)) ?? cell;
  return {
    ...counts,
    examples: examples.map(({ unit, groups }) => ({
      unit: textOf(study.panel.unit, unit),
      groups: groups.map((cell) => textOf(group, cell)),
    })),
  };
}

/** Derived variables and those that models and tables use; the unit and the time are told by the shape. */
function variablesOf({ study, table, files, elsewhere }: FilePanel): PanelFileVariable[] {
  const { unit, time } = study.panel;
  const used = usedVariables(study).filter((name) => name !== unit && name !== time);
  const derived = new Map(files.derived.map((one) => [one.name, one]));
  return [...new Set([...used, ...derived.keys()])].map((variable) => {
    const own = derived.get(variable);
    const column = columnNamed(table, variable);
    const base = {
      variable,
      role: roleOf(study, variable),
      formula: own?.formula ?? null,
      undefined: own?.undefined ?? null,
    };
    if (elsewhere !== undefined) return { ...base, ...countedElsewhere(elsewhere.variables, variable) };
    if (column.kind === 'text') {
      const { codes, count } = factorOf(column);
      const missing = codes.reduce((sum, code) => sum + (code < 0 ? 1 : 0), 0);
      const obs = table.nrow - missing;
      return { ...base, obs, missing, within_sd: null, between_sd: null, values: count };
    }
    const described = at(describeColumns(table, [variable], study.panel), 0);
    const { obs, missing, within_sd, between_sd } = described;
    return { ...base, obs, missing, within_sd, between_sd, values: null };
  });
}

/** What an engine counted of a variable. */
function countedElsewhere(
  { numbers, texts }: ElsewhereDescribed,
  name: string,
): Pick<PanelFileVariable, 'obs' | 'missing' | 'within_sd' | 'between_sd' | 'values'> {
  const text = texts.find(({ variable }) => variable === name);
  if (text !== undefined) {
    const { obs, missing, distinct } = text;
    return { obs, missing, within_sd: null, between_sd: null, values: distinct };
  }
  const number = numbers.find(({ variable }) => variable === name);
  if (number === undefined) throw new StudyError('internal', { reason: `nothing was counted of ${name}` });
  const { obs, missing, within_sd, between_sd } = number;
  return { obs, missing, within_sd, between_sd, values: null };
}
