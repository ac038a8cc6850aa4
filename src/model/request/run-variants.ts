import { at } from '../../error/at.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { knownNames } from '../estimate-formula.ts';
import { readSmallSample } from '../inference/small-sample.ts';
import type { ChangedModel } from '../post/changes/column-change.ts';
import { columnChange } from '../post/changes/column-change.ts';
import type { VariantFit } from '../post/variants/compare-variants.ts';
import { compareVariants } from '../post/variants/compare-variants.ts';
import type { Replicating } from '../replicate/contract.ts';
import { variantChanges } from '../result/variants.ts';
import { requireColumns } from './columns.ts';
import type { ModelRequest } from './contract.ts';
import type { RequestPorts } from './ports.ts';
import { placed } from './read.ts';
import type { RequestResult } from './result.ts';
import { emptyResult } from './result.ts';
import type { VariantModel } from './variant-requests.ts';
import { variantModels } from './variant-requests.ts';
import type { VariantRequest } from './variant-words.ts';
import { changesInWords, changeText, plainLabel, variantPlace } from './variant-words.ts';

/** How a request without variants is run, and what its model is fitted from. */
interface Plain {
  readonly run: (request: ModelRequest, table: ColumnTable, ports: RequestPorts) => Replicating<RequestResult>;
  readonly inputOf: (request: ModelRequest, table: ColumnTable) => ChangedModel['input'];
}

/**
 * The baseline of a request and its variants, each as a request of its own: columns and fits one after the other, and the coefficient
 * over all of them under every covariance of the baseline.
 * @throws as the requests themselves, with the variant as the place
 */
export function* variantSteps(
  request: ModelRequest,
  table: ColumnTable,
  given: RequestPorts,
  { run, inputOf }: Plain,
): Replicating<RequestResult> {
  const models = variantModels(request, knownNames({ table, panel: request.panel }));
  const list = request.variants?.list ?? [];
  // The caller's parts are the whole sample of the baseline, whose condition every request has.
  const { parts: _parts, ...ports } = given;
  const results: RequestResult[] = [];
  for (const [k, model] of models.entries()) {
    const nameOf = () => given.nameOf?.(k, models.length) ?? String(k + 1);
    try {
      requireColumns(model.request, table);
      const { after } = model.request;
      const alone = { ...model.request, after: { ...after, changes: null } };
      results.push(yield* run(alone, table, { ...ports, nameOf, keepsFits: true }));
    } catch (error) {
      throw k === 0 ? error : ofVariant(error, k - 1, plainLabel(at(list, k - 1).label));
    }
  }
  const fits = models.map((model, k) => variantFit(model, list[k - 1] ?? null, at(results, k)));
  const keepsFits = given.keepsFits === true || request.after.effects || request.after.predictions;
  const rule = readSmallSample(request.ssc ?? 'fixest');
  const [base, ...variants] = fits;
  const changed = (k: number): ChangedModel => ({
    fitted: at(at(results, k).fits, 0),
    input: inputOf(at(models, k).request, table),
    term: at(models, k).term,
  });
  const vcov = request.covariances[0] ?? 'iid';
  return {
    ...emptyResult,
    columns: results.flatMap(({ columns }) => columns),
    variants:
      base === undefined ? [] : base.results.map((_, place) => compareVariants(base, variants, { table, rule, place })),
    changes:
      request.after.changes === null
        ? []
        : variants.map((_, k) => columnChange(changed(0), changed(k + 1), { vcov, rule })),
    fits: keepsFits ? results.flatMap((one) => one.fits) : [],
    inputs: keepsFits ? results.flatMap((one) => one.inputs) : [],
  };
}

/** A fault of a variant's words with its place; of its rows with its label, since its formula may be the baseline's. */
function ofVariant(error: unknown, i: number, label: string): unknown {
  if (!isStudyError(error, 'empty-sample')) return placed(error, variantPlace(i));
  const where = `${label}: ${error.detail.where}`;
  return new StudyError('empty-sample', { ...error.detail, where }, { cause: error });
}

function variantFit(
  { request, term }: VariantModel,
  variant: VariantRequest | null,
  { columns, fits }: RequestResult,
): VariantFit {
  const changes: ReturnType<typeof changesInWords> = variant === null ? {} : changesInWords(variant);
  return {
    label: variant?.label ?? null,
    isAssumption: variant?.isAssumption ?? false,
    changes: variantChanges.flatMap((what) => {
      const value = changes[what];
      return value === undefined ? [] : [{ what, text: changeText(value) }];
    }),
    term,
    where: variant?.where ?? null,
    fitted: at(fits, 0),
    results: at(columns, 0).results,
    covariances: request.covariances,
  };
}
