import type { ModelResult } from '../../model/result/result.ts';
import type { VariantChanged, VariantComparison, VariantLine } from '../../model/result/variants.ts';
import type { Cell, TableColumn, TableModel, Text } from './contract.ts';
import { covarianceName, covarianceNote } from './covariance-name.ts';
import { counted, empty, joinedBy, plain, tableOf, words } from './parts.ts';

type Labels = Readonly<Record<string, Text>>;

/**
 * A coefficient over a baseline and its variants: what each changes, the coefficient, and how far it is from that of the baseline.
 * @param names printed labels of variables
 */
export function variantsTable(comparison: VariantComparison, names: Labels = {}): TableModel {
  const { term, vcov, lines } = comparison;
  const columns: readonly TableColumn[] = [
    { id: 'changed', label: { key: 'variants.changed' } },
    { id: 'estimate', label: { key: 'coef.estimate' } },
    { id: 'se', label: { key: 'coef.se' } },
    { id: 'nobs', label: { key: 'differences.nobs' } },
    { id: 'difference', label: { key: 'differences.difference' } },
    { id: 'difference_se', label: { key: 'coef.se' }, sublabel: { key: 'variants.of_difference' } },
    { id: 'difference_p', label: { key: 'differences.p' }, sublabel: { key: 'variants.of_difference' } },
  ];
  return tableOf(
    'variants',
    { key: 'variants.title', values: { term: names[term] ?? term } },
    {
      stub: { key: 'variants.variant' },
      columns,
      rows: lines.map((line) => ({ id: line.model, label: words(lineName(line)), cells: cellsOf(line) })),
      notes: [
        { key: 'variants.coefficient_note' },
        covarianceNote(vcov, names),
        ...(lines.some(({ difference }) => difference?.se != null)
          ? [{ key: 'variants.difference_note' } as const]
          : []),
        ...lines.flatMap((line) => lineNotes(line, names)),
        ...(lines.some(({ is_assumption }) => is_assumption) ? [{ key: 'note.assumed_samples' } as const] : []),
      ],
    },
  );
}

/** What a variant is called; the mark of an assumption behind it. */
export function lineName({ label, is_assumption }: Pick<VariantLine, 'label' | 'is_assumption'>): Text {
  if (label === null) return { key: 'variants.baseline' };
  if (!is_assumption) return label;
  return typeof label === 'string' ? `${label} †` : { en: `${label.en} †`, zh: `${label.zh}†` };
}

/** Names of models that are variants of one; what the first comparison calls them. */
export function variantNames(
  models: readonly Pick<ModelResult, 'id'>[],
  [first]: readonly VariantComparison[],
): readonly Text[] {
  return models.map(({ id }) => {
    const line = first?.lines.find(({ model }) => model === id);
    return line === undefined ? '' : lineName(line);
  });
}

function cellsOf({ changes, coefficient, nobs, difference }: VariantLine): readonly Cell[] {
  return [
    words(joinedBy(changes.map(changeText), 'list.semicolon')),
    coefficient === null ? empty : { kind: 'estimate', value: coefficient.estimate, p: coefficient.p },
    plain(coefficient?.se ?? null),
    counted(nobs),
    plain(difference?.estimate ?? null),
    plain(difference?.se ?? null),
    { kind: 'p', value: difference?.p ?? null },
  ];
}

function changeText({ what, text }: VariantChanged): Text {
  return { key: `variants.by.${what}`, values: { text } };
}

function lineNotes(line: VariantLine, names: Labels): readonly Text[] {
  const { changes, is_unchanged, no_difference, vcov } = line;
  const variant = lineName(line);
  const idle = changes.filter(({ is_idle }) => is_idle);
  const reasons = joinedBy(
    idle.map(({ what }): Text => ({ key: `variants.idle.${what}` })),
    'list.semicolon',
  );
  return [
    ...(changes.some(({ what }) => what === 'vcov')
      ? [{ key: 'variants.own_errors', values: { variant, vcov: covarianceName(vcov, names) } } as const]
      : []),
    ...(idle.length === 0
      ? []
      : [{ key: is_unchanged ? 'variants.unchanged' : 'variants.partly', values: { variant, reasons } } as const]),
    ...(no_difference === 'no-joint-form' || no_difference === 'no-term'
      ? [{ key: `variants.${no_difference}`, values: { variant } } as const]
      : []),
  ];
}
