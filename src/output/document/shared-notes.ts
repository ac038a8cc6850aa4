import { ownEntry } from '../../error/at.ts';
import { type Diagnostic, onceEach } from '../../error/diagnostic.ts';
import { describeDiagnostic } from '../format/diagnostic-text/describe.ts';
import { formatText } from '../format/format-text.ts';
import type { Language } from '../format/text-key.ts';
import { asWritten, type LevelName } from '../table/after-fit-parts.ts';
import type { Text } from '../table/contract.ts';
import { inSentence } from '../table/covariance-name.ts';
import type { VariableNames } from '../table/variable-names.ts';
import { notesOf } from './blocks.ts';
import type { NoteBlock } from './contract.ts';

interface Warned {
  readonly warnings: readonly Diagnostic[];
}

/** What is said of models side by side, once with the numbers of the models that share it. `first`: models printed before. */
export function sharedNotes(models: readonly Warned[], first: number): readonly NoteBlock[] {
  return shared(models, first).flatMap(({ warning, of }) => notesOf([warning], `${of.join(', ')} `));
}

/** The same as notes of a table, numbered where the models are several. @param nameOf what levels of fixed effects are called */
export function sharedTexts(
  models: readonly Warned[],
  nameOf: LevelName = asWritten,
  names: VariableNames = {},
): readonly Text[] {
  return shared(models, 0).map(({ warning, of }) => {
    const head = models.length === 1 ? '' : `${of.join(', ')} `;
    const said = (language: Language): string =>
      head + describeDiagnostic(withNames(withLevelNames(warning, nameOf, language), names, language), language);
    return { en: said('en'), zh: said('zh') };
  });
}

/** The levels that something is said of by their names: `province^year (Beijing^2003, +4)`. What is no level stays as it is. */
function withLevelNames(diagnostic: Diagnostic, nameOf: LevelName, language: Language): Diagnostic {
  const { levels } = diagnostic.detail;
  if (!Array.isArray(levels)) return diagnostic;
  const named = levels.map((one: string) =>
    one.replace(/^(.+?) \((.+)\)$/s, (_, effect: string, list: string) => {
      const columns = effect.replace(/\[.*$/s, '').split('^');
      const name = (level: string, i: number): string => formatText(nameOf(columns[i] ?? '', level), language);
      const names = list.split(', ').map((level) => {
        const parts = level.split('^');
        return parts.length === columns.length ? parts.map(name).join('^') : level;
      });
      return `${effect} (${names.join(', ')})`;
    }),
  );
  return { ...diagnostic, detail: { ...diagnostic.detail, levels: named } };
}

/** Variables, and levels by the variables that they are of, as tables call them. */
function withNames(diagnostic: Diagnostic, names: VariableNames, language: Language): Diagnostic {
  const called = (name: string): string =>
    name
      .split('^')
      .map((part) => formatText(inSentence(ownEntry(names, part) ?? part), language))
      .join('^');
  const level = (text: string): string => text.replace(/^[^\s([]+(?=[ [])/u, called);
  const detail = Object.entries(diagnostic.detail).map(([key, value]): [string, Diagnostic['detail'][string]] => {
    if (key === 'levels' && Array.isArray(value)) return [key, value.map((one) => level(String(one)))];
    return [key, typeof value === 'string' ? called(value) : value];
  });
  return { ...diagnostic, detail: Object.fromEntries(detail) };
}

function shared(
  models: readonly Warned[],
  first: number,
): readonly { readonly warning: Diagnostic; readonly of: readonly string[] }[] {
  const said = new Map<string, { readonly warning: Diagnostic; readonly of: string[] }>();
  models.forEach(({ warnings }, i) => {
    for (const warning of onceEach(warnings)) {
      const key = JSON.stringify(warning);
      const known = said.get(key) ?? { warning, of: [] };
      known.of.push(`(${first + i + 1})`);
      said.set(key, known);
    }
  });
  return [...said.values()];
}
