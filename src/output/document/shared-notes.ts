import { type Diagnostic, onceEach } from '../../error/diagnostic.ts';
import { describeDiagnostic } from '../format/diagnostic-text/describe.ts';
import type { Text } from '../table/contract.ts';
import { notesOf } from './blocks.ts';
import type { NoteBlock } from './contract.ts';

interface Warned {
  readonly warnings: readonly Diagnostic[];
}

/** What is said of models side by side, once with the numbers of the models that share it. `first`: models printed before. */
export function sharedNotes(models: readonly Warned[], first: number): readonly NoteBlock[] {
  return shared(models, first).flatMap(({ warning, of }) => notesOf([warning], `${of.join(', ')} `));
}

/** The same as notes of a table, numbered where the models are several. */
export function sharedTexts(models: readonly Warned[]): readonly Text[] {
  return shared(models, 0).map(({ warning, of }) => {
    const head = models.length === 1 ? '' : `${of.join(', ')} `;
    return { en: head + describeDiagnostic(warning, 'en'), zh: head + describeDiagnostic(warning, 'zh') };
  });
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
