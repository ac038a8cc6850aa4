import type { Draft, ErrorKind } from '../draft.ts';
import { errorKinds } from '../draft.ts';
import { withModelInForm } from '../state.ts';
import type { WordKey } from '../words/say.ts';
import { AskedTests } from './asked-tests.tsx';
import { Choice, Fault, Fold, type Part, TextField } from './parts.tsx';
import { VariableField } from './variable-field.tsx';

const errorNames: Readonly<Record<ErrorKind, WordKey>> = {
  iid: 'errors_iid',
  hc1: 'errors_hc1',
  hc3: 'errors_hc3',
  cluster: 'errors_cluster',
  dk: 'errors_dk',
  nw: 'errors_nw',
  other: 'errors_other',
};

const estimators = ['', '2sls', 'liml', 'fuller:1', 'gmm', 'cue'] as const;

/** A model: formula, errors, rows, instruments, thresholds, tests. */
export function ModelForm({ store, onCursor }: Part & { readonly onCursor: (cursor: number) => void }) {
  const { say, state, type, faults, doing, data } = store;
  const { draft, changing } = state.value;
  const variables = data.value?.variables ?? [];
  const set =
    (key: keyof Draft) =>
    (text: string): void =>
      type({ [key]: text });
  const field = (key: Exclude<keyof Draft, 'tests' | 'isSplitFull' | 'errors'>, label: WordKey, hint?: WordKey) => (
    <VariableField
      label={say(label)}
      {...(hint === undefined ? {} : { hint: say(hint) })}
      listLabel={say('completions')}
      value={draft[key]}
      variables={variables}
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
        label={say('formula')}
        hint={say('formula_hint')}
        listLabel={say('completions')}
        value={draft.formula}
        variables={variables}
        onInput={set('formula')}
        onCursor={onCursor}
        isMain
      />
      <div class="pair">
        <Choice
          label={say('errors')}
          value={draft.errors}
          options={errorKinds.map((kind) => ({ value: kind, label: say(errorNames[kind]) }))}
          onChange={(value) =>
            type({ errors: errorKinds.find((kind) => kind === value) ?? 'iid', by: byOf(value, store) })
          }
        />
        {draft.errors === 'cluster' ? field('by', 'clusters', 'clusters_hint') : null}
        {draft.errors === 'other' ? field('by', 'written_errors', 'written_errors_hint') : null}
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
        <button class="primary" type="submit" disabled={doing.value !== null || data.value === null}>
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

/** Clusters are by the unit of the panel unless something is written there. */
function byOf(kind: string, { state }: Part['store']): string {
  const { draft, panel } = state.value;
  return kind === 'cluster' && draft.by === '' ? panel.unit : draft.by;
}
