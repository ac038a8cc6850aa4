import { argumentOf, type Draft, type ErrorKind, errorKinds } from '../draft.ts';
import { withModelInForm } from '../state.ts';
import type { WordKey } from '../words/say.ts';
import { AskedTests } from './asked-tests.tsx';
import { Choice, Fault, Fold, type Part, TextField } from './parts.tsx';
import { VariableField } from './variable-field.tsx';

/** What is asked beside a kind of errors. */
const argumentWords = {
  groups: ['clusters', 'clusters_hint'],
  group: ['clusters', 'group_hint'],
  lags: ['lags', 'lags_hint'],
  reach: ['reach', 'reach_hint'],
  written: ['written_errors', 'written_errors_hint'],
} as const;

const estimators = ['', '2sls', 'liml', 'fuller:1', 'gmm', 'cue'] as const;

/** A model: formula, errors, rows, instruments, thresholds, tests. */
export function ModelForm({ store, onCursor }: Part & { readonly onCursor: (cursor: number) => void }) {
  const { say, state, type, faults, doing, data } = store;
  const { draft, changing } = state.value;
  const asked = argumentOf(draft.errors);
  const set =
    (key: keyof Draft) =>
    (text: string): void =>
      type({ [key]: text });
  const field = (key: Exclude<keyof Draft, 'tests' | 'isSplitFull' | 'errors'>, label: WordKey, hint?: WordKey) => (
    <VariableField
      store={store}
      grammar={key === 'where' ? 'condition' : 'formula'}
      label={say(label)}
      {...(hint === undefined ? {} : { hint: say(hint) })}
      value={draft[key]}
      onInput={set(key)}
    />
  );
  return (
    <form
      aria-labelledby="model-title"
      onSubmit={(event) => {
        event.preventDefault();
        store.estimate();
      }}
    >
      <h2 id="model-title">{say('model')}</h2>
      <VariableField
        store={store}
        label={say('formula')}
        hint={say('formula_hint')}
        value={draft.formula}
        onInput={set('formula')}
        onCursor={onCursor}
        isMain
      />
      <div class="pair">
        <Choice
          label={say('errors')}
          value={draft.errors}
          options={errorKinds.map((kind) => ({ value: kind, label: say(`errors_${kind}`) }))}
          onChange={(value) => {
            const errors = errorKinds.find((kind) => kind === value) ?? 'iid';
            type({ errors, by: byOf(errors, store) });
          }}
        />
        {asked === null ? null : field('by', argumentWords[asked][0], argumentWords[asked][1])}
      </div>
      <Fold title={say('rows')} isUsed={draft.where !== '' || draft.weights !== '' || draft.split !== ''}>
        {field('where', 'rows_where', 'rows_where_hint')}
        <div class="pair">
          {field('weights', 'weights')}
          {field('split', 'split')}
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={draft.isSplitFull}
            onChange={(event) => type({ isSplitFull: event.currentTarget.checked })}
          />
          {say('split_full')}
        </label>
      </Fold>
      <Fold title={say('instruments')} isUsed={draft.endogenous !== '' || draft.instruments !== ''}>
        <div class="pair">
          {field('endogenous', 'endogenous', 'endogenous_hint')}
          {field('instruments', 'instruments', 'instruments_hint')}
        </div>
        <Choice
          label={say('estimator')}
          value={draft.estimator}
          options={estimators
            .map((value) => ({ value, label: value === '' ? '2sls' : value }))
            .filter(({ value }) => value !== '2sls')}
          onChange={set('estimator')}
        />
      </Fold>
      <Fold title={say('threshold')} isUsed={draft.thresholdBy !== '' || draft.regime !== ''}>
        <div class="pair">
          {field('thresholdBy', 'threshold_by', 'threshold_by_hint')}
          {field('regime', 'threshold_regime', 'threshold_regime_hint')}
        </div>
        <div class="pair">
          <Choice
            label={say('threshold_count')}
            value={draft.thresholds}
            options={['1', '2', '3'].map((value) => ({ value, label: value }))}
            onChange={set('thresholds')}
          />
          <TextField label={say('threshold_boot')} value={draft.boot} onInput={set('boot')} isCount />
        </div>
      </Fold>
      <Fold title={say('after')} isUsed={draft.tests.length > 0}>
        <AskedTests store={store} />
      </Fold>
      <Fault store={store} of={faults.value.form} />
      <div class="actions">
        <button class="primary" type="submit" aria-disabled={doing.value !== null || data.value === null}>
          {say(changing === null ? 'estimate' : 'replace')}
        </button>
        {changing === null ? null : (
          <button type="button" onClick={() => store.change({ ...withModelInForm(state.value, changing, false) })}>
            {say('cancel_edit')}
          </button>
        )}
        <small class="quiet">{data.value === null ? say('no_data') : say('shortcuts')}</small>
      </div>
    </form>
  );
}

/** Groups are the units of the panel, and places the columns that are called so, unless something is written there. */
function byOf(kind: ErrorKind, { state, data }: Part['store']): string {
  const { draft, panel } = state.value;
  const argument = argumentOf(kind);
  if (argument !== null && argument === argumentOf(draft.errors) && draft.by !== '') return draft.by;
  if (argument === 'groups' || argument === 'group') return panel.unit;
  const names = (data.value?.variables ?? []).map(({ name }) => name);
  const [north, east] = [/^(lat|latitude|纬度|y_?coord)$/i, /^(lon|lng|long|longitude|经度|x_?coord)$/i].map((known) =>
    names.find((name) => known.test(name)),
  );
  return argument === 'reach' && north !== undefined && east !== undefined ? `200,coords=${north}+${east}` : '';
}
