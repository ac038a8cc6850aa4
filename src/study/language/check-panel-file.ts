import { said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import type { Kind } from '../../table/condition/ast.ts';
import { namesIn, rangeIn } from '../../table/expression/ast.ts';
import { parsePanelExpression } from '../../table/expression/parse.ts';
import { readPeriodStep, stepUnits } from '../../table/time/period-step.ts';
import { formulaFaults } from './check-formulas.ts';
import { coreFaults } from './check-study.ts';
import { type ConditionNames, conditionFaults } from './condition-faults.ts';
import {
  faultAt,
  type KnownNames,
  type PlacelessFault,
  repeatedNames,
  unexpected,
  unknownName,
  unknownNames,
} from './faults.ts';
import { derivedFormula } from './resolve-panel-file.ts';
import type { PanelFileSpec } from './spec-panel-file.ts';

/**
 * What a study about a ready panel says about things that are not there.
 * @param held columns of its files; null before they were read
 * @param kindOf what one of them holds; left out before they were read
 */
export function checkPanelFileStudy(
  study: PanelFileSpec,
  held: KnownNames,
  kindOf?: (name: string) => Kind,
): PlacelessFault[] {
  const derived = Object.keys(study.derived);
  const columns = held === null ? null : [...held, ...derived];
  const kindOfColumn = (name: string): Kind =>
    derived.includes(name) ? 'number' : held?.includes(name) ? (kindOf?.(name) ?? 'missing') : 'missing';
  const names = { columns, kindOf: kindOfColumn };
  return [
    ...keyFaults(study, held),
    ...sourceFaults(study),
    ...joinFaults(study),
    ...ruleFaults(study, names),
    ...unknownNames(study.panel.groups, said('noun.column'), columns, (i) => ['panel', 'groups', i]),
    ...repeatedNames(study.panel.groups, said('noun.group'), (i) => ['panel', 'groups', i]),
    ...derivedFaults(study, held, kindOfColumn),
    ...coreFaults(study, { ...names, described: columns, what: said('noun.variable') }),
  ];
}

function keyFaults({ panel }: PanelFileSpec, held: KnownNames): PlacelessFault[] {
  const { unit, time, step } = panel;
  const faults: PlacelessFault[] = [];
  if (unit === time) faults.push(faultAt(['panel', 'time'], said('fault.unit_is_time', { name: time })));
  for (const [key, name] of Object.entries({ unit, time })) {
    if (held !== null && !held.includes(name))
      faults.push(unknownName(['panel', key], said('noun.column'), name, held));
  }
  if (step !== undefined && readPeriodStep(String(step)) === null) {
    faults.push(unexpected(['panel', 'step'], said('expected.step', { units: stepUnits }), String(step)));
  }
  return faults;
}

/** Where the panel comes from says which keys mean anything: what would not be read is refused, not passed over. */
function sourceFaults({ data, pack }: PanelFileSpec): PlacelessFault[] {
  const { series, priority, join, text, number, missing } = data;
  const isReady = data.panel !== undefined;
  const unread = isReady ? { series, priority } : { join, text, number, missing };
  const only = said(isReady ? 'fault.only_beside_tables' : 'fault.only_beside_panel');
  const faults = Object.entries(unread)
    .filter(([, value]) => Object.keys(value).length > 0)
    .map(([key]): PlacelessFault => ({ ...faultAt(['data', key], only), at: 'key' }));
  if (isReady && pack !== undefined) {
    faults.push({ ...faultAt(['pack'], said('fault.pack_beside_tables')), at: 'key' });
  }
  const isAddress = typeof data.panel === 'string' && /^\s*[a-z][a-z0-9+.-]+:\/\//i.test(data.panel);
  if (isAddress && data.engine !== 'spark') faults.push(faultAt(['data', 'panel'], said('fault.no_address')));
  number.forEach((name, i) => {
    if (text.includes(name)) faults.push(faultAt(['data', 'number', i], said('fault.text_already', { name })));
  });
  return faults;
}

/** A column is a key, or is taken, once. */
function joinFaults({ data }: PanelFileSpec): PlacelessFault[] {
  return data.join.flatMap(({ by, columns }, i) => [
    ...(Array.isArray(by) ? repeatedNames(by, said('noun.key'), (k) => ['data', 'join', i, 'by', k]) : []),
    ...repeatedNames(columns ?? [], said('noun.column'), (k) => ['data', 'join', i, 'columns', k]),
  ]);
}

function ruleFaults({ panel }: PanelFileSpec, names: Omit<ConditionNames, 'what'>): PlacelessFault[] {
  return panel.sample.flatMap(({ keep, exclude }, i) => {
    const path = ['panel', 'sample', i];
    if ((keep === undefined) === (exclude === undefined))
      return [faultAt(path, said('fault.either', { left: 'keep', right: 'exclude' }))];
    const kind = keep === undefined ? 'exclude' : 'keep';
    return conditionFaults([...path, kind], keep ?? exclude ?? '', { ...names, what: said('noun.column') });
  });
}

/** A derived variable may use the columns of the files and those derived before it. */
function derivedFaults({ derived }: PanelFileSpec, held: KnownNames, kindOf: (name: string) => Kind): PlacelessFault[] {
  const entries = Object.entries(derived);
  return entries.flatMap(([name, written], i) => {
    const { formula: text, kind, key } = derivedFormula(written);
    const path = ['derived', name, ...key];
    if (typeof written !== 'string' && (written.formula === undefined) === (written.where === undefined)) {
      return [faultAt(['derived', name], said('fault.either', { left: 'formula', right: 'where' }))];
    }
    const before = entries.slice(0, i).map(([one]) => one);
    const names = held === null ? null : [...held, ...before];
    const faults =
      kind === 'condition'
        ? conditionFaults(path, text, { columns: names, what: said('noun.column'), kindOf })
        : formulaFaults({ path, text, before: 0 }, () => namesIn(parsePanelExpression(text)), {
            what: said('noun.column'),
            names,
          });
    if (name.trim() === '') {
      faults.push({ ...faultAt(['derived', name], said('fault.name_needed')), at: 'key' });
    }
    if (held?.includes(name) === true) {
      faults.push({ ...faultAt(['derived', name], said('fault.column_of_file', { name })), at: 'key' });
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
  return [faultAt(path, said('fault.range_derived'))];
}
