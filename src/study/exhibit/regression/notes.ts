import type { Diagnostic, DiagnosticCode } from '../../../error/diagnostic.ts';
import { onceEach } from '../../../error/diagnostic.ts';
import { otherWarnings } from '../../../output/document/results/other-covariances.ts';
import { sharedTexts } from '../../../output/document/shared-notes.ts';
import { asWritten, type LevelName } from '../../../output/table/after-fit-parts.ts';
import type { Text } from '../../../output/table/contract.ts';
import type { VariableNames } from '../../../output/table/variable-names.ts';
import type { EstimatedColumn } from '../../estimated.ts';

/** What the report tells elsewhere: rows of each model by what took them out, and the shape of the panel. */
const toldElsewhere: readonly DiagnosticCode[] = [
  'lags-absent',
  'rows-undefined',
  'singletons-dropped',
  'panel-period',
  'panel-keys-missing',
];

/** What is noteworthy of the printed models and of what was compared between them, as `kaya reg` says it. @param nameOf of levels */
export function printedNotes(
  columns: readonly EstimatedColumn[],
  nameOf: LevelName = asWritten,
  names: VariableNames = {},
): readonly Text[] {
  const compared = columns.flatMap(({ equality, differences }) => [...equality, ...differences]);
  return [
    ...notesOfModels(
      columns.map(({ results: [first] }) => first.warnings),
      nameOf,
      names,
    ),
    ...sharedTexts([{ warnings: onceEach(compared.flatMap(({ warnings }) => warnings)) }], nameOf, names),
  ];
}

/** What is noteworthy under the covariances that are folded below the table, and was not under the printed one. */
export function foldedNotes(
  columns: readonly EstimatedColumn[],
  nameOf: LevelName = asWritten,
  names: VariableNames = {},
): readonly Text[] {
  return notesOfModels(
    columns.map(({ results: [first, ...others] }) => otherWarnings(first, others)),
    nameOf,
    names,
  );
}

function notesOfModels(
  warnings: readonly (readonly Diagnostic[])[],
  nameOf: LevelName,
  names: VariableNames,
): readonly Text[] {
  const told = warnings.map((own) => ({ warnings: own.filter(({ code }) => !toldElsewhere.includes(code)) }));
  return sharedTexts(told, nameOf, names);
}
