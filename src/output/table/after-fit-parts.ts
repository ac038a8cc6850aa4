import type { AfterFit, Combination, WaldTest } from '../../model/result/after-fit.ts';
import type { ModelResult } from '../../model/result/result.ts';
import type { Cell, TableColumn, Text } from './contract.ts';
import { joinedBy } from './parts.ts';

/** A model with what was asked for after its fit. */
export type ModelAfterFit = ModelResult & AfterFit;

/** What a level of a column is called, such as the province of a cluster. */
export type LevelName = (column: string, level: string) => Text;

/** Levels are called as they are written. */
export const asWritten: LevelName = (_, level) => level;

export interface OfModel<T> {
  readonly model: ModelAfterFit;
  readonly value: T;
}

/** A column of model numbers in front, where there are several models. */
export function withModels(columns: readonly TableColumn[], hasModels: boolean): readonly TableColumn[] {
  return hasModels ? [{ id: 'model', label: { key: 'after.column_model' } }, ...columns] : columns;
}

export function modelCells(model: ModelAfterFit, hasModels: boolean): readonly Cell[] {
  return hasModels ? [{ kind: 'label', label: modelName(model.id), align: 'end' }] : [];
}

export function modelName(id: string): Text {
  return { key: 'after.model', values: { id } };
}

export function absentNote(
  model: ModelAfterFit,
  { text, absent }: Pick<WaldTest | Combination, 'text' | 'absent'>,
  hasModels: boolean,
): readonly Text[] {
  if (absent.length === 0) return [];
  const values = { text: textOf(model, text, hasModels), absent: joinedBy(absent, 'list.comma') };
  return [{ key: 'after.absent', values }];
}

/** What the user wrote, the model's number before it where there are several. */
export function textOf(model: ModelAfterFit, text: string, hasModels: boolean): Text {
  return hasModels ? { key: 'after.text_of', values: { model: modelName(model.id), text } } : text;
}
