import type { ModelResult } from '../../../model/result/result.ts';
import type { CellStatistic } from '../../layout/shown-rows.ts';
import type { Text } from '../contract.ts';
import { covarianceMethods, methodNotes } from '../covariance-methods.ts';
import { covarianceName } from '../covariance-name.ts';
import { joinedBy } from '../parts.ts';
import type { RegressionTableSpec } from './contract.ts';

/** What stands in parentheses, the stars, the kind of standard error of each column, and which R2 is shown. */
export function standardNotes(
  spec: RegressionTableSpec,
  {
    below,
    isStacked,
    hasXtregWithin,
  }: { below: readonly CellStatistic[]; isStacked: boolean; hasXtregWithin: boolean },
): readonly Text[] {
  return [
    ...belowNotes(below, isStacked),
    ...(isStacked ? stackedNotes(spec) : covarianceNotes(spec)),
    ...(hasXtregWithin ? [{ key: 'note.r2_xtreg_within' } as const] : []),
  ];
}

/** What stands below the estimates, one after the other; what the stars mean is said once. */
function belowNotes(below: readonly CellStatistic[], isStacked: boolean): readonly Text[] {
  if (below.length === 0) return [{ key: 'note.estimates' }];
  if (isStacked && below.length === 1 && below[0] === 'se') return [{ key: 'note.se_lines' }];
  return below.map((statistic, i) => ({
    key: `note.${statistic}_below` as const,
    ...(i === below.length - 1 ? {} : { values: { stars: '' } }),
  }));
}

function covarianceNotes(spec: RegressionTableSpec): readonly Text[] {
  const groups = new Map<string, { model: ModelResult; columns: Text[] }>();
  for (const { model, label } of spec.columns) {
    const id = JSON.stringify([model.vcov.type, model.vcov.by, model.vcov.clusters, model.vcov.ssc]);
    const group = groups.get(id) ?? { model, columns: [] };
    group.columns.push(label);
    groups.set(id, group);
  }
  return [...groups.values()].map(({ model, columns }): Text => {
    const values = { vcov: covarianceName(model.vcov, spec.names), ssc: model.vcov.ssc };
    if (groups.size === 1) return { key: 'note.vcov', values };
    return { key: 'note.vcov_columns', values: { ...values, columns: joinedBy(columns, 'list.comma') } };
  });
}

function stackedNotes(spec: RegressionTableSpec): readonly Text[] {
  const methods = covarianceMethods(spec.columns.map(({ model, others = [] }) => ({ models: [model, ...others] })));
  return methodNotes(methods, spec.names);
}
