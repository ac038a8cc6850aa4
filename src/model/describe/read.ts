import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { splitNames, splitTerms } from '../../table/expression/name-list.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import { fieldFault } from '../../table/words/field-fault.ts';
import { listOf } from '../../table/words/texts.ts';
import { readCovariance } from '../inference/catalog.ts';
import { readSmallSample } from '../inference/small-sample.ts';
import { panelKeysOf } from '../request/panel-keys.ts';
import { placed } from '../request/read.ts';
import { type PairFact, pairFacts } from '../result/correlations.ts';
import { type DescribeRequest, describeKinds } from './contract.ts';
import { panelTestOptionsOf } from './panel-test-words.ts';
import { type CheckedDescribeWords, type DescribeWords, describeSchema, everyKind, wordsOfKind } from './schema.ts';

/**
 * Reads what is asked of a table of the data, once: shape, conditions, covariance, and words that its kind does not take.
 * @param place where the words stand, `tables.t1`; put before the name of a word in a fault
 * @throws bad-option with the word, bad-where
 */
export function readDescribe(words: DescribeWords, place: string | null = null): DescribeRequest {
  try {
    const shape = describeSchema.safeParse(words);
    if (!shape.success) throw fieldFault(at(shape.error.issues, 0), words, describeSchema);
    requireOwnWords(shape.data);
    return requestOf(shape.data);
  } catch (error) {
    throw place === null ? error : placed(error, place);
  }
}

const always = ['kind', 'variables', 'panel', ...Object.keys(everyKind)];

/** @throws bad-option for a word of another kind */
function requireOwnWords(words: CheckedDescribeWords): void {
  for (const [word, value] of Object.entries(words)) {
    if (value === undefined || always.includes(word) || wordsOfKind[words.kind].includes(word)) continue;
    const kinds = describeKinds.filter((kind) => wordsOfKind[kind].includes(word));
    const expected = said('expected.kind_beside', { kind: words.kind, kinds: kinds.join(', ') });
    const detail = { option: word, value: [value].flat().join(', '), expected, suggestion: null };
    throw new StudyError('bad-option', detail);
  }
}

function requestOf(words: CheckedDescribeWords): DescribeRequest {
  const { kind } = words;
  const common = {
    // A text alone is a list between commas; of a list each entry is a name as it stands.
    variables:
      typeof words.variables === 'string' ? splitNames(words.variables) : listOf(words.variables).map(unquoteName),
    panel: panelKeysOf(words.panel),
    where: words.where === undefined ? null : readRowCondition(words.where),
  };
  if (kind === 'summary') return { kind, ...common, quantiles: words.quantiles ?? 'stata' };
  if (kind === 'panel_tests') {
    const variables = listOf(words.variables).flatMap((text) =>
      common.variables.includes(text) ? [text] : splitTerms(text),
    );
    return { kind, ...common, variables, ...panelTestOptionsOf(words) };
  }
  const errors = {
    covariance: words.vcov === undefined ? null : readCovariance(words.vcov).request,
    ssc: readSmallSample(words.ssc ?? 'fixest').label,
  };
  if (words.ssc !== undefined && words.vcov === undefined) refuse('ssc', words.ssc, said('expected.vcov_beside'));
  if (kind === 'correlations') {
    const { method = 'pearson', cases = 'pairwise', adjust = null } = words;
    return { kind, ...common, ...errors, method, cases, adjust, below: belowOf(words) };
  }
  const { by, base, variances, effects } = words;
  const other = words.vcov === undefined ? 'effects' : 'vcov';
  if (variances !== undefined && (words.vcov !== undefined || effects !== undefined)) {
    refuse('variances', variances, said('expected.no_vcov', { other }));
  }
  return {
    kind,
    ...common,
    ...errors,
    by: by === undefined ? null : unquoteName(by),
    base: base === undefined ? null : String(base),
    variances: variances ?? 'unequal',
    effects: effects ?? null,
  };
}

/** @throws bad-option */
function belowOf({ below }: CheckedDescribeWords): readonly PairFact[] {
  return listOf(below)
    .flatMap(splitNames)
    .map((name) => {
      const found = pairFacts.find((fact) => fact === name);
      return found ?? refuse('below', name, pairFacts.join(', '), nearestName(name, pairFacts));
    });
}

function refuse(
  option: string,
  value: string,
  expected: ReturnType<typeof said> | string,
  suggestion: string | null = null,
): never {
  throw new StudyError('bad-option', { option, value, expected, suggestion });
}
