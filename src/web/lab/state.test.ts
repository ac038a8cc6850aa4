import { expect, it } from 'vitest';
import { emptyDraft } from './draft.ts';
import { emptyState, moved, noHistory, stepped, withDraft, withModelInForm, withoutModel } from './state.ts';

const named = (formula: string) => ({ ...emptyDraft, formula });
const start = { ...emptyState('en'), draft: named('a'), models: [named('x'), named('y')] };

it('puts the model of the form at the end, or in the place of the one that is changed', () => {
  expect(withDraft(start).models.map(({ formula }) => formula)).toEqual(['x', 'y', 'a']);
  const changed = withDraft({ ...withModelInForm(start, 0, true), draft: named('b') });
  expect(changed.models.map(({ formula }) => formula)).toEqual(['b', 'y']);
  expect(changed.changing).toBeNull();
});

it('a model that is taken out leaves the form with the one that it was changing', () => {
  const changing = withModelInForm(start, 1, true);
  expect(withoutModel(changing, 0)).toMatchObject({ changing: 0, models: [named('y')] });
  expect(withoutModel(changing, 1)).toMatchObject({ changing: null, models: [named('x')] });
  expect(withoutModel(start, 0).models).toEqual([named('y')]);
});

it('steps are taken back and forth, the language stays, a new step forgets what was taken back', () => {
  const next = withDraft(start);
  const back = moved(stepped(noHistory, start), { ...next, language: 'zh' }, 'back');
  expect(back?.state).toEqual({ ...start, language: 'zh' });
  const forth = back === null ? null : moved(back.history, back.state, 'forth');
  expect(forth?.state.models).toEqual(next.models);
  expect(back === null ? null : stepped(back.history, back.state).future).toEqual([]);
  expect(moved(noHistory, start, 'back')).toBeNull();
});
