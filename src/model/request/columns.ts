import type { ColumnTable } from '../../table/column.ts';
import { namesIn } from '../../table/expression/ast.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { joinNames, namesJoined } from '../../table/expression/joined-names.ts';
import { weightExpression } from '../design/weights.ts';
import { namesInTerms } from '../formula/formula-names.ts';
import { readCovariance } from '../inference/catalog.ts';
import { namesOfTable, printCovariance } from '../inference/print-covariance.ts';
import { namesInEffects } from '../post/curve/space.ts';
import { rowWord } from '../post/dfbeta.ts';
import type { ModelRequest } from './contract.ts';

/** What one field of a request, as it was written, takes from the table beside the formulas. */
interface NamedColumns {
  readonly field: string;
  readonly text: string;
  /** @throws formula-syntax */
  readonly names: () => readonly string[];
}

/**
 * The columns that the fields of a request name, field by field in the order in which they are looked for; those of its formulas
 * and conditions, which have places of their own, are not among them.
 * @param columns of the table: a name with blanks may be one of them, or two.
 */
export function columnsNamed(
  { panel, weights, frequency, covariances, split, threshold, after }: ModelRequest,
  columns: readonly string[],
): readonly NamedColumns[] {
  const { mediation, curve, leaveOut, dfbeta, permute, wild } = after;
  // Both change places by the same words.
  const exchanged = permute ?? curve?.test ?? null;
  return [
    ...(panel === null
      ? []
      : [
          list(
            'panel',
            [panel.unit, panel.time].map((name) => joinNames([name])),
          ),
        ]),
    ...(split === null ? [] : [list(split.full ? 'fsplit' : 'split', [split.by])]),
    ...(weights === null
      ? []
      : [{ field: 'weights', text: weights, names: () => namesIn(weightExpression(weights, columns)) }]),
    ...(frequency === null ? [] : [list('frequency', [joinNames([frequency])])]),
    ...covariances.map((one) => ({
      field: 'vcov',
      text: printCovariance(one),
      names: () => readCovariance(one).method.columnsNeeded(namesOfTable(one, columns)),
    })),
    ...(threshold === null ? [] : [terms('threshold.by', [threshold.by]), terms('threshold.regime', threshold.regime)]),
    ...(mediation === null ? [] : [terms('mediators', mediation.mediators)]),
    ...(curve === null
      ? []
      : [
          terms('curve', curve.terms.slice(1)),
          terms('curve_outcomes', curve.outcomes),
          {
            field: 'curve_effects',
            text: curve.effects.join(', '),
            names: () => curve.effects.flatMap((text) => namesInEffects(text)),
          },
        ]),
    ...(wild === null ? [] : [list('wild_by', wild.by ?? [])]),
    ...(leaveOut === null ? [] : [list('leave_out_by', leaveOut.by)]),
    ...(dfbeta === null
      ? []
      : [
          list(
            'dfbeta_by',
            dfbeta.by.filter((name) => name !== rowWord),
          ),
        ]),
    ...(exchanged === null
      ? []
      : [list('permute_by', exchanged.by ?? []), list('permute_within', exchanged.within ?? [])]),
  ];
}

/**
 * Every column that a field of the request names is one of the table's; a stranger is told by its field and what was written
 * there, not by the formula.
 * @throws unknown-column with the field as its place; formula-syntax
 */
export function requireColumns(request: ModelRequest, table: ColumnTable): void {
  for (const { field, text, names } of columnsNamed(request, table.names)) {
    for (const name of names()) columnOf(table, name, `${field} ${text}`);
  }
}

/** Columns by name, which `^` may join. */
function list(field: string, texts: readonly string[]): NamedColumns {
  return { field, text: texts.join(','), names: () => texts.flatMap(namesJoined) };
}

function terms(field: string, texts: readonly string[]): NamedColumns {
  return { field, text: texts.join(','), names: () => namesInTerms(texts) };
}
