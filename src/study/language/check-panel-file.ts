import { isStudyError } from '../../error/study-error.ts';
import { columnsIn } from '../../table/condition/ast.ts';
import { parseCondition } from '../../table/condition/parse.ts';
import { namesIn, rangeIn } from '../../table/expression/ast.ts';
import { parsePanelExpression } from '../../table/expression/parse.ts';
import { periodSteps, readPeriodStep } from '../../table/time/period-step.ts';
import { formulaFaults } from './check-formulas.ts';
import { coreFaults } from './check-study.ts';
import {
  faultAt,
  type KeyPath,
  type KnownNames,
  type PlacelessFault,
  repeatedNames,
  unknownName,
  unknownNames,
} from './faults.ts';
import { derivedFormula } from './resolve-panel-file.ts';
import type { PanelFileSpec } from './spec-panel-file.ts';

/**
 * What a study about a ready panel says about things that are not there.
 * @param held columns of its files; null before they were read
 */
export function checkPanelFileStudy(study: PanelFileSpec, held: KnownNames): PlacelessFault[] {
  const derived = Object.keys(study.derived);
  const columns = held === null ? null : [...held, ...derived];
  return [
    ...keyFaults(study, held),
    ...ruleFaults(study, columns),
    ...unknownNames(study.panel.groups, 'column', columns, (i) => ['panel', 'groups', i]),
    ...repeatedNames(study.panel.groups, 'group', (i) => ['panel', 'groups', i]),
    ...derivedFaults(study, held),
    ...coreFaults(study, { columns, described: columns, what: 'variable' }),
  ];
}

function keyFaults({ panel }: PanelFileSpec, held: KnownNames): PlacelessFault[] {
  const { unit, time, step } = panel;
  const faults: PlacelessFault[] = [];
  if (unit === time) faults.push(faultAt(['panel', 'time'], `'${time}' is the unit already`));
  for (const [key, name] of Object.entries({ unit, time })) {
    if (held !== null && !held.includes(name)) faults.push(unknownName(['panel', key], 'column', name, held));
  }
  if (step !== undefined && readPeriodStep(String(step)) === null) {
    faults.push(faultAt(['panel', 'step'], `expected ${periodSteps}, such as 5 or 2 weeks, found '${step}'`));
  }
  return faults;
}

function ruleFaults({ panel }: PanelFileSpec, columns: KnownNames): PlacelessFault[] {
  return panel.sample.flatMap(({ keep, exclude }, i) => {
    const path = ['panel', 'sample', i];
    if ((keep === undefined) === (exclude === undefined)) return [faultAt(path, 'give either keep or exclude')];
    return keep === undefined
      ? conditionFaults(exclude ?? '', [...path, 'exclude'], columns)
      : conditionFaults(keep, [...path, 'keep'], columns);
  });
}

/** A condition that cannot be read, or that names what is no column. */
function conditionFaults(text: string, path: KeyPath, columns: KnownNames): PlacelessFault[] {
  try {
    const names = columnsIn(parseCondition(text));
    return unknownNames(names, 'column', columns, () => path);
  } catch (error) {
    if (!isStudyError(error, 'bad-where')) throw error;
    return [faultAt(path, `this is no condition on rows: ${text}`)];
  }
}

/** A derived variable may use the columns of the files and those derived before it. */
function derivedFaults({ derived }: PanelFileSpec, held: KnownNames): PlacelessFault[] {
  const entries = Object.entries(derived);
  return entries.flatMap(([name, written], i) => {
    const { formula: text, kind, key } = derivedFormula(written);
    const path = ['derived', name, ...key];
    if (typeof written !== 'string' && (written.formula === undefined) === (written.where === undefined)) {
      return [faultAt(['derived', name], 'give either formula or where')];
    }
    const before = entries.slice(0, i).map(([one]) => one);
    const names = held === null ? null : [...held, ...before];
    const faults =
      kind === 'condition'
        ? conditionFaults(text, path, names)
        : formulaFaults({ path, text, before: 0 }, () => namesIn(parsePanelExpression(text)), {
            what: 'column',
            names,
          });
    if (held?.includes(name) === true) {
      const problem = `'${name}' is a column of the file: give the new variable another name`;
      faults.push({ ...faultAt(['derived', name], problem), at: 'key' });
    }
    return [...faults, ...(faults.length === 0 && kind === 'expression' ? rangeFaults(text, path) : [])];
  });
}

/** A variable has one value a row: `l(x, 1:3)` would be three. */
function rangeFaults(text: string, path: readonly (string | number)[]): PlacelessFault[] {
  try {
    if (rangeIn(parsePanelExpression(text)) === null) return [];
  } catch (error) {
    if (isStudyError(error, 'formula-syntax')) return [];
    throw error;
  }
  return [faultAt(path, 'a range of periods is several variables: derive one for each')];
}
