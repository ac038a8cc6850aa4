import { at, entryOf } from '../error/at.ts';
import { said } from '../error/said.ts';
import { StudyError } from '../error/study-error.ts';
import { tableKindOf } from './exhibit/catalog.ts';
import type { ResolvedModel, ResolvedRawStudy } from './language/resolve.ts';

/** The one column that the headline of the study stands in, as a model of its own. */
export function headlineModel(study: ResolvedRawStudy): { id: string; model: ResolvedModel; term: string } {
  const { headline } = study.report;
  const table = study.tables.find(({ id }) => id === headline?.table);
  const models = table === undefined ? [] : tableKindOf(table).coefficientModels(table);
  if (headline === null || models.length === 0)
    throw new StudyError('bad-option', {
      option: '--study',
      value: study.id,
      expected: said('expected.headline'),
      suggestion: null,
    });
  const split = models.find((id) => {
    const { words } = entryOf(study.models, id);
    return words.split ?? words.fsplit;
  });
  if (split !== undefined)
    throw new StudyError('not-available', { feature: said('feature.keyword_split', { model: split }) });
  const varied = models.find((id) => entryOf(study.models, id).words.variants !== undefined);
  if (varied !== undefined)
    throw new StudyError('not-available', { feature: said('feature.keyword_variants', { model: varied }) });
  const columns = models.flatMap((id) => {
    const model = entryOf(study.models, id);
    return model.expanded.flatMap((formula) =>
      model.samples.map((sample) => ({
        id,
        model: { ...model, expanded: [formula], samples: [sample], words: alone(model) },
      })),
    );
  });
  const index = headline.column === 'last' ? columns.length - 1 : headline.column - 1;
  return { ...at(columns, index), term: headline.term };
}

/** The words of a model without what is drawn, and without comparisons across its columns, of which one is left. */
function alone({ words }: ResolvedModel): ResolvedModel['words'] {
  const {
    equal: _equal,
    differences: _differences,
    differences_how: _how,
    differences_order: _order,
    ...others
  } = words;
  const { changes: _changes, ...some } = others;
  const { family: _family, adjust: _adjust, ...more } = some;
  const { permute: _permute, permute_by: _by, permute_within: _within, curve_test: _test, ...moved } = more;
  const { placebo: _placebo, placebo_earlier: _earlier, placebo_dates: _dates, ...rest } = moved;
  if ([rest.wild, rest.clusters, rest.mediators].some((one) => one !== undefined)) return rest;
  const { reps: _reps, seed: _seed, wild_weights: _weights, ...bare } = rest;
  return bare;
}
