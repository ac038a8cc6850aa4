import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { listOf } from '../../table/words/texts.ts';
import { type DiagnoseOptions, resetPower } from '../post/diagnose/contract.ts';
import { type ModelCheck, modelChecks } from '../result/diagnosis.ts';
import type { CheckedWords, RequestWords } from './schema.ts';

/** The same checks as Stata's and R's commands are called. */
const otherNames: Readonly<Record<string, ModelCheck>> = {
  ovtest: 'reset',
  resettest: 'reset',
  xtserial: 'serial',
  wooldridge: 'serial',
  pwartest: 'serial',
  pwfdtest: 'serial',
  xttest3: 'hetero',
  wald: 'hetero',
  xtcsd: 'cd',
  xtcd: 'cd',
  pesaran: 'cd',
  pcdtest: 'cd',
  csd: 'cd',
  xttest2: 'lm',
};

const largestPower = 9;

/** @throws bad-option of an unknown check, of a power that RESET cannot have */
export function diagnoseOf({ diagnose }: Pick<CheckedWords, 'diagnose'>): DiagnoseOptions | null {
  if (diagnose === undefined) return null;
  const names = listOf(diagnose)
    .flatMap((text) => text.split(','))
    .map((name) => name.trim().toLowerCase());
  let power = resetPower;
  const checks = names.flatMap((name): readonly ModelCheck[] => {
    if (name === 'all') return modelChecks;
    const [word = '', argument] = name.split(':').map((part) => part.trim());
    const check =
      modelChecks.find((one) => one === word) ?? (Object.hasOwn(otherNames, word) ? otherNames[word] : undefined);
    if (check === undefined) throw refused(name, word);
    if (argument === undefined) return [check];
    const asked = Number(argument);
    const isPower = check === 'reset' && Number.isInteger(asked) && asked >= 2 && asked <= largestPower;
    if (!isPower) throw refused(name, null);
    power = asked;
    return [check];
  });
  return { checks: modelChecks.filter((check) => checks.includes(check)), power };
}

function refused(value: string, word: string | null): StudyError<'bad-option'> {
  const known = [...modelChecks, 'all'];
  const expected =
    word === null ? said('expected.reset_power') : said('expected.model_checks', { names: known.join(', ') });
  return new StudyError('bad-option', {
    ...{ option: 'diagnose', value, expected },
    suggestion: word === null ? null : nearestName(word, [...known, ...Object.keys(otherNames)]),
  });
}

/** The words that `diagnoseOf` reads to the same. */
export function printDiagnose({ checks, power }: DiagnoseOptions): Omit<RequestWords, 'formula'> {
  return {
    diagnose: checks.map((check) => (check === 'reset' && power !== resetPower ? `reset:${power}` : check)),
  };
}
