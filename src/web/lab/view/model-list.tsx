import { focusSoon } from '../../browser/keep-focus.ts';
import { type Draft, formulaOf, vcovOf } from '../draft.ts';
import { withModelInForm, withoutModel } from '../state.ts';
import type { WordKey } from '../words/say.ts';
import { formulaField, type Part } from './parts.tsx';

const sum = (a: number, b: number): number => a + b;

/** The models of the table, in the order of its columns. */
export function ModelList({ store }: Part) {
  const { say, state, outcomeOf, change } = store;
  const { models, language, changing } = state.value;
  const putInForm = (place: number, isChanged: boolean): void => {
    change(withModelInForm(state.value, place, isChanged));
    focusSoon(formulaField);
  };
  /** How many columns of the table each model has. */
  const columns = models.map((model) => {
    const outcome = outcomeOf(model);
    return outcome?.kind === 'done' ? outcome.estimated.columns.length : 0;
  });
  return (
    <section aria-labelledby="models-title">
      <h2 id="models-title">{say('models')}</h2>
      {models.length === 0 ? <p class="quiet">{say('no_models')}</p> : null}
      <ol class="models">
        {models.map((model, i) => {
          const outcome = outcomeOf(model);
          const [first, last] = [columns.slice(0, i).reduce(sum, 1), columns.slice(0, i + 1).reduce(sum, 0)];
          const number = String(i + 1);
          return (
            <li key={i} class={i === changing ? 'changing' : ''}>
              <span class="place">
                {last < first ? '\u2013' : first === last ? `(${first})` : `(${first})\u2013(${last})`}
              </span>
              <code>{formulaOf(model)}</code>
              <small>{saidOf(model, say).join(' \u00b7 ')}</small>
              {outcome?.kind === 'refused' ? <p class="fault">{outcome.message[language]}</p> : null}
              <span class="actions">
                <button type="button" aria-label={say('edit_model', { number })} onClick={() => putInForm(i, true)}>
                  {say('edit')}
                </button>
                <button
                  type="button"
                  aria-label={say('duplicate_model', { number })}
                  onClick={() => putInForm(i, false)}
                >
                  {say('duplicate')}
                </button>
                <button
                  type="button"
                  aria-label={say('remove_model', { number })}
                  onClick={() => change(withoutModel(state.value, i))}
                >
                  {say('remove')}
                </button>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** What of a model its formula does not say: errors, rows, threshold, tests. */
function saidOf(model: Draft, say: Part['store']['say']): readonly string[] {
  const { where, weights, split, estimator, thresholdBy, regime, tests } = model;
  const of = (key: WordKey, text: string): readonly string[] =>
    text.trim() === '' ? [] : [`${say(key)} ${text.trim()}`];
  return [
    ...[vcovOf(model) ?? []].flat(),
    ...of('rows_where', where),
    ...of('weights', weights),
    ...of('split', split),
    ...of('estimator', estimator),
    ...of('threshold_by', thresholdBy),
    ...of('threshold_regime', regime),
    ...tests.map(({ word, text }) => `${say(`test_${word}`)} ${text}`.trim()),
  ];
}
