import { stringify } from 'yaml';
import type { RequestWords } from '../../model/request/schema.ts';
import { formatText } from '../../output/format/format-text.ts';

/** Models on one data file, as they are asked for one by one. */
export interface ModelsOfFile {
  readonly id: string;
  readonly title: string;
  /** As study.yaml names it: beside it, or `FILE.xlsx::Sheet`. */
  readonly file: string;
  /** How the file was read: what of it is not by the rule alone. */
  readonly reading: { readonly [K in 'text' | 'number' | 'missing']: readonly string[] };
  readonly panel: { readonly unit: string; readonly time: string };
  readonly models: readonly RequestWords[];
}

/** A study file that estimates models beside each other in one table: the words of each as they were asked for. */
export function studyOfModels({ id, title, file, reading, panel, models }: ModelsOfFile): string {
  const named = models.map((words, i) => [`m${i + 1}`, modelOf(words)] as const);
  const study = {
    kaya: 1,
    id,
    title,
    data: { panel: file, ...Object.fromEntries(Object.entries(reading).filter(([, names]) => names.length > 0)) },
    panel,
    models: Object.fromEntries(named),
    tables: [{ id: 'table1', kind: 'regression', title: both('first.models'), models: named.map(([name]) => name) }],
  };
  return stringify(study, { lineWidth: 0 });
}

/** The words of a model in a study, whose panel is that of the study. A study has one formula a model. */
function modelOf({ panel: _, formula, ...words }: RequestWords): object {
  return { formula: typeof formula === 'string' ? formula : formula.join(' '), ...words };
}

function both(key: 'first.models'): { readonly en: string; readonly zh: string } {
  return { en: formatText({ key }, 'en'), zh: formatText({ key }, 'zh') };
}
