import { at } from '../error/at.ts';
import type { ResultAfter } from '../model/post/after-fit.ts';
import type { PanelTestsResult } from '../model/result/panel-tests.ts';
import type { CovarianceLabel } from '../model/result/result.ts';
import { type DescribedMethod, describedMethods } from '../output/report/methods/catalog.ts';
import type { EstimatedColumn } from './estimated.ts';
import type { StudyTable } from './exhibit/contract.ts';

/** The methods behind one table: of its models, of what was asked for after them, of its own kind. */
export function methodsOfTable(table: StudyTable): readonly DescribedMethod[] {
  return describedMethods(new Set([...ofKind(table), ...table.models.flatMap(ofColumn)]));
}

/** Those of a report: of its tables, and of models that stand in none. */
export function methodsUsed(
  tables: readonly StudyTable[],
  untabled: readonly EstimatedColumn[],
): readonly DescribedMethod[] {
  const ids = tables.flatMap((table) => [...ofKind(table), ...table.models.flatMap(ofColumn)]);
  return describedMethods(new Set([...ids, ...untabled.flatMap(ofColumn)]));
}

function ofColumn(column: EstimatedColumn): readonly string[] {
  const { results, threshold, differences, families, equality, variants } = column;
  const [first] = results;
  return [
    threshold === null ? estimatorOf(first) : 'threshold',
    ...(threshold === null ? [] : ['threshold_test']),
    ...results.flatMap(({ vcov }) => [`vcov_${vcov.type}`, conventionOf(vcov.ssc)]),
    ...(first.iv === undefined ? [] : ['iv_tests']),
    ...(first.event === undefined ? [] : ['event']),
    ...results.flatMap(afterFit),
    ...(differences.length === 0 ? [] : ['differences']),
    ...(equality.length === 0 ? [] : ['equality']),
    ...(variants.length === 0 ? [] : ['variants']),
    ...families.flatMap(({ methods }) => methods.map((method) => `family_${method}`)),
  ];
}

function estimatorOf({ estimator, fixef }: ResultAfter): string {
  if (estimator !== 'ols') return estimator;
  return Object.keys(fixef).length === 0 ? 'ols' : 'fe';
}

function conventionOf(ssc: string): string {
  return ssc.includes('=') ? 'ssc_custom' : `ssc_${ssc}`;
}

/** Tests of one result, by the keys that it has of them. */
const ofKey = {
  tests: ['wald'],
  combinations: ['combination'],
  wild: ['wild'],
  omitted: ['omitted'],
  clusters: ['clusters', 'wild', 'vcov_cr2', 'vcov_cr3'],
  margins: ['margins'],
  mediation: ['mediation'],
  curve: ['curve'],
  leave_out: ['leave_out'],
  dfbeta: ['dfbeta'],
  added_variable: ['added_variable'],
  permutation: ['permutation'],
  placebo: ['placebo'],
  random_effects: ['random_effects'],
  hausman: ['hausman'],
  mundlak: ['mundlak'],
} as const satisfies Partial<Record<keyof ResultAfter, readonly string[]>>;

const ofCheck: Readonly<Record<string, string>> = {
  reset: 'check_reset',
  wooldridge: 'check_wooldridge',
  'wooldridge-within': 'check_wooldridge',
  'modified-wald': 'check_hetero',
  cd: 'check_cd',
  lm: 'check_lm',
  'scaled-lm': 'check_lm',
  'corrected-lm': 'check_lm',
};

function afterFit(result: ResultAfter): readonly string[] {
  const own = Object.entries(ofKey).flatMap(([key, ids]) => (Object.hasOwn(result, key) ? ids : []));
  const { diagnosis } = result;
  if (diagnosis === undefined) return own;
  const checks = diagnosis.tests.flatMap(({ test }) => ofCheck[test] ?? []);
  return [...own, ...checks, ...(diagnosis.vif === null ? [] : ['check_vif'])];
}

/** Methods of kinds of tables that show more than models. */
function ofKind({ kind, obtained }: StudyTable): readonly string[] {
  switch (kind) {
    case 'correlations':
    case 'groups':
    case 'balance': {
      const { vcov } = obtained as { vcov: CovarianceLabel | null }; // what each of these kinds made
      return vcov === null ? [kind] : [kind, `vcov_${vcov.type}`, conventionOf(vcov.ssc)];
    }
    case 'differences':
      return ['differences'];
    case 'variants':
      return ['variants'];
    case 'panel_tests':
      // What the kind of the table made.
      return (obtained as PanelTestsResult).variables.flatMap(({ tests }) => tests.flatMap(({ test }) => ofTest(test)));
    case 'family':
      return familyMethods(obtained);
    default:
      return [];
  }
}

function ofTest(test: string): readonly string[] {
  const check = ofCheck[test];
  return [check ?? (test.startsWith('fisher') ? 'unit_fisher' : `unit_${test}`)];
}

function familyMethods(obtained: unknown): readonly string[] {
  const { tests } = obtained as { tests: readonly { methods: readonly string[] }[] }; // what the kind of the table made
  return tests.length === 0 ? [] : at(tests, 0).methods.map((method) => `family_${method}`);
}
