import { isStudyError, type StudyError } from '../../error/study-error.ts';
import type { ReplicateRunner } from '../../model/replicate/contract.ts';
import { estimateModels } from '../estimate-models.ts';
import type { EstimatedColumn } from '../estimated.ts';
import type { ResolvedModel } from '../language/resolve.ts';
import type { StudyOnPanel } from './apply.ts';
import { wishOf } from './touched.ts';

/** Columns that were estimated before, by what they are of. */
export type KeptColumns = Map<string, readonly EstimatedColumn[]>;

/** How much of a model is wanted: its estimates, or all that it asks for as well. */
export type Extent = 'prompt' | 'whole';

/** Words of a model that say what is fitted; by the others it asks for what comes after the fit. */
const wordsOfFit: ReadonlySet<string> = new Set([
  ...[
    'vcov',
    'coords',
    'ssc',
    'singletons',
    'weights',
    'frequency',
    'split',
    'fsplit',
    'estimator',
    'orthog',
    'relax',
    'threshold',
  ],
  ...['variants', 'varied'],
]);

/** Whether a model asks for more than its estimates. */
export function takesLonger({ words, threshold }: ResolvedModel): boolean {
  const asked = Object.entries(words).filter(([, value]) => value !== undefined && value !== false);
  return asked.some(([word]) => !wordsOfFit.has(word)) || (threshold !== null && threshold.boot > 0);
}

/**
 * The columns of one model of a version under the covariances that it names, the printed one first.
 * @param offered covariances that a reader may choose next: of estimates they come along, so that the choice costs nothing
 * @param kept columns that were estimated before; those of now are added
 * @returns the error where the model cannot be had
 */
export async function columnsOfVersion(
  made: StudyOnPanel & { readonly data: string },
  id: string,
  wanted: { readonly extent: Extent; readonly offered: readonly string[]; readonly draw?: ReplicateRunner | null },
  kept: KeptColumns,
): Promise<readonly EstimatedColumn[] | StudyError> {
  const model = made.study.models[id];
  if (model === undefined) return [];
  if (wanted.extent === 'whole') return estimated(made, id, model, kept, wanted.draw);
  let along = [...new Set([...model.vcov, ...wanted.offered])].sort();
  for (;;) {
    const all = await estimated(made, id, promptModel(model, along), kept);
    if (!isStudyError(all)) return all.map((column) => underCovariances(column, along, model.vcov));
    // One that some column cannot have takes none of the others with it.
    const fault = along.find((one) => !model.vcov.includes(one) && isAbout(all, one));
    if (fault === undefined) return estimated(made, id, promptModel(model, model.vcov), kept);
    along = along.filter((one) => one !== fault);
  }
}

/** Whether an error names a covariance, or what it is by. */
function isAbout({ detail }: StudyError, vcov: string): boolean {
  const [, ...by] = vcov.split(/[:+]/);
  return Object.values(detail).some((value) => value === vcov || by.includes(String(value)));
}

/** The model without what comes after its fit, under these covariances. */
function promptModel(model: ResolvedModel, covariances: readonly string[]): ResolvedModel {
  const own = Object.entries(model.words).filter(([word]) => wordsOfFit.has(word));
  const threshold = model.threshold === null ? null : { ...model.threshold, boot: 0 };
  const words = { ...Object.fromEntries(own), vcov: [...covariances], ...(threshold === null ? {} : { threshold }) };
  return { ...model, vcov: covariances, threshold, words };
}

async function estimated(
  { study, table, data }: StudyOnPanel & { readonly data: string },
  id: string,
  model: ResolvedModel,
  kept: KeptColumns,
  draw: ReplicateRunner | null = null,
): Promise<readonly EstimatedColumn[] | StudyError> {
  const key = JSON.stringify([data, id, wishOf(model)]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  try {
    const { [id]: columns = [] } = await estimateModels({ ...study, models: { [id]: model } }, table, { run: draw });
    kept.set(key, columns);
    return columns;
  } catch (error) {
    if (isStudyError(error)) return error;
    throw error;
  }
}

/** A column under some of its covariances, in their order. */
function underCovariances(column: EstimatedColumn, all: readonly string[], wanted: readonly string[]): EstimatedColumn {
  const places = wanted.map((one) => all.indexOf(one));
  const [first, ...others] = places.flatMap((place) => column.results[place] ?? []);
  if (first === undefined) return column;
  const covariances = places.flatMap((place) => column.inference.covariances[place] ?? []);
  return { ...column, results: [first, ...others], inference: { ...column.inference, covariances } };
}
