import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { listOf } from '../../table/words/texts.ts';
import { type LagChoice, type PanelTestOptions, panelTestDefaults } from '../panel-tests/contract.ts';
import { lagRules, type PanelTestName, panelTests } from '../result/panel-tests.ts';
import type { CheckedDescribeWords } from './schema.ts';

/** The same tests as Stata's and R's commands are called. */
const otherNames: Readonly<Record<string, PanelTestName>> = {
  levinlin: 'llc',
  madwu: 'fisher',
  choi: 'fisher',
  pesaran: 'cd',
  pcdtest: 'cd',
  xtcd: 'cd',
  xtcsd: 'cd',
};

/** More lags than a panel can have in use are a slip. */
const mostLags = 50;

type Words = Pick<CheckedDescribeWords, 'tests' | 'deterministic' | 'lags' | 'demean'>;

/** How variables of a panel are tested. @throws bad-option */
export function panelTestOptionsOf({ tests, deterministic, lags, demean }: Words): PanelTestOptions {
  return {
    tests: tests === undefined ? panelTestDefaults.tests : testsOf(listOf(tests)),
    deterministic: deterministic ?? panelTestDefaults.deterministic,
    lags: lags === undefined ? panelTestDefaults.lags : lagsOf(lags),
    demean: demean ?? panelTestDefaults.demean,
  };
}

function testsOf(texts: readonly string[]): readonly PanelTestName[] {
  const names = texts.flatMap((text) => text.split(',')).map((name) => name.trim().toLowerCase());
  const found = names.flatMap((name): readonly PanelTestName[] => {
    if (name === 'all') return panelTests;
    const test =
      panelTests.find((one) => one === name) ?? (Object.hasOwn(otherNames, name) ? otherNames[name] : undefined);
    if (test !== undefined) return [test];
    const known = [...panelTests, 'all'];
    throw new StudyError('bad-option', {
      ...{ option: 'tests', value: name, expected: said('expected.panel_tests', { names: known.join(', ') }) },
      suggestion: nearestName(name, [...known, ...Object.keys(otherNames)]),
    });
  });
  return panelTests.filter((test) => found.includes(test));
}

/** `1`, `bic`, `aic 4`, `hall:6`; `sic` is Schwarz's name of `bic`. */
function lagsOf(written: string | number): LagChoice {
  const text = String(written).trim().toLowerCase();
  const [, word = '', count] = /^([a-z]*)[\s:]*(\d+)?$/.exec(text) ?? [];
  const number = count === undefined ? null : Number(count);
  const rule = lagRules.find((one) => one === (word === 'sic' ? 'bic' : word));
  const isNumber = word === '' && number !== null;
  if ((rule === undefined && !isNumber) || (number ?? 0) > mostLags) {
    const detail = { option: 'lags', value: String(written), expected: said('expected.panel_test_lags') };
    throw new StudyError('bad-option', { ...detail, suggestion: nearestName(word, lagRules) });
  }
  return rule === undefined ? { kind: 'fixed', lags: number ?? 0 } : { kind: 'chosen', rule, most: number };
}
