import { isStudyError } from '../../error/study-error.ts';
import type { Kind } from '../../table/condition/ast.ts';
import { namesIn, rangeIn } from '../../table/expression/ast.ts';
import { parsePanelExpression } from '../../table/expression/parse.ts';
import { periodSteps, readPeriodStep } from '../../table/time/period-step.ts';
import { type ConditionNames, conditionFaults } from './check-conditions.ts';
import { formulaFaults } from './check-formulas.ts';
import { coreFaults } from './check-study.ts';
import { faultAt, type KnownNames, type PlacelessFault, repeatedNames, unknownName, unknownNames } from './faults.ts';
import { derivedFormula } from './resolve-panel-file.ts';
import type { PanelFileSpec } from './spec-panel-file.ts';

/**
 * What a study about a ready panel says about things that are not there.
 * @param held columns of its files; null before they were read
 * @param kindOf what they hold; left out before they were read
 */
export function checkPanelFileStudy(
  study: PanelFileSpec,
  held: KnownNames,
  kindOf?: (name: string) => Kind,
): PlacelessFault[] {
  const derived = Object.keys(study.derived);
  const columns = held === null ? null : [...held, ...derived];
  const kindOfColumn = (name: string): Kind =>
    derived.includes(name) ? 'number' : held === null ? 'missing' : (kindOf?.(name) ?? 'missing');
  const names = { columns, kindOf: kindOfColumn };
  return [
    ...keyFaults(study, held),
    ...sourceFaults(study),
    ...joinFaults(study),
    ...ruleFaults(study, names),
    ...unknownNames(study.panel.groups, 'column', columns, (i) => ['panel', 'groups', i]),
    ...repeatedNames(study.panel.groups, 'group', (i) => ['panel', 'groups', i]),
    ...derivedFaults(study, held, kindOfColumn),
    ...coreFaults(study, { ...names, described: columns, what: 'variable' }),
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

/** Where the panel comes from says which keys mean anything: what would not be read is refused, not passed over. */
function sourceFaults({ data, pack }: PanelFileSpec): PlacelessFault[] {
  const { series, priority, join, text, number, missing } = data;
  const isReady = data.panel !== undefined;
  const unread = isReady ? { series, priority } : { join, text, number, missing };
  const only = `only beside ${isReady ? 'tables' : 'panel'}, which this study does not have`;
  const faults = Object.entries(unread)
    .filter(([, value]) => Object.keys(value).length > 0)
    .map(([key]): PlacelessFault => ({ ...faultAt(['data', key], only), at: 'key' }));
  if (isReady && pack !== undefined) {
    const problem = 'a pack names what raw tables hold: only beside data.tables, which this study does not have';
    faults.push({ ...faultAt(['pack'], problem), at: 'key' });
  }
  number.forEach((name, i) => {
    if (text.includes(name)) faults.push(faultAt(['data', 'number', i], `'${name}' is under text already`));
  });
  return faults;
}

/** A column is a key, or is taken, once. */
function joinFaults({ data }: PanelFileSpec): PlacelessFault[] {
  return data.join.flatMap(({ by, columns }, i) => [
    ...(Array.isArray(by) ? repeatedNames(by, 'key', (k) => ['data', 'join', i, 'by', k]) : []),
    ...repeatedNames(columns ?? [], 'column', (k) => ['data', 'join', i, 'columns', k]),
  ]);
}

function ruleFaults({ panel }: PanelFileSpec, names: Omit<ConditionNames, 'what'>): PlacelessFault[] {
  return panel.sample.flatMap(({ keep, exclude }, i) => {
    const path = ['panel', 'sample', i];
    if ((keep === undefined) === (exclude === undefined)) return [faultAt(path, 'give either keep or exclude')];
    const kind = keep === undefined ? 'exclude' : 'keep';
    return conditionFaults([...path, kind], keep ?? exclude ?? '', { ...names, what: 'column' });
  });
}

/** A derived variable may use the columns of the files and those derived before it. */
function derivedFaults({ derived }: PanelFileSpec, held: KnownNames, kindOf: (name: string) => Kind): PlacelessFault[] {
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
        ? conditionFaults(path, text, { columns: names, what: 'column', kindOf })
        : formulaFaults({ path, text, before: 0 }, () => namesIn(parsePanelExpression(text)), {
            what: 'column',
            names,
          });
    if (name.trim() === '') {
      faults.push({ ...faultAt(['derived', name], 'give the new variable a name'), at: 'key' });
    }
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
