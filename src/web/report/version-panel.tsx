import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Version } from '../../study/version/contract.ts';
import type { VersionOffers } from '../../study/version/offers.ts';
import { methodOf } from './chosen-method.ts';
import { language, words } from './page-words.ts';
import type { UnitNotice, VersionState } from './version-state.ts';

/** What a reader changes, and what came of it. */
export function VersionPanel({ state }: { readonly state: VersionState }): JSX.Element {
  const offers = state.offers.value;
  const [isCopied, setCopied] = useState(false);
  const method = methodOf(document, state.version.value.vcov);
  const copy = (): void => {
    void navigator.clipboard?.writeText(location.href).then(() => setCopied(true));
  };
  return (
    <form class="version" aria-label={words('version.title')} onSubmit={(event) => event.preventDefault()}>
      <details open={state.isChanged.value}>
        <summary>{words('version.title')}</summary>
        <p>{words('version.intro')}</p>
        {offers === null ? null : <Choices state={state} offers={offers} />}
      </details>
      <Standing state={state} />
      {state.isChanged.value ? (
        <p class="version-acts">
          {method === null ? null : <a href={`#${method.id}`}>{words('version.method')}</a>}
          <button type="button" onClick={state.reset}>
            {words('version.reset')}
          </button>
          <button type="button" onClick={copy}>
            {words('version.link')}
          </button>
          {isCopied ? <span>{words('version.copied')}</span> : null}
        </p>
      ) : null}
    </form>
  );
}

/** Rows, progress and refusals, told to those who cannot see them too. */
function Standing({ state }: { readonly state: VersionState }): JSX.Element {
  const [rows, progress, refusal] = [state.rows.value, state.progress.value, state.refusal.value];
  return (
    <div class="version-standing" role="status">
      {state.isChanged.value && rows !== null ? (
        <span>
          <strong>{words('version.own')}</strong>{' '}
          {words('version.rows', {
            rows: rows.rows.left,
            all: rows.rows.of,
            units: rows.units.left,
            count: rows.units.of,
          })}
        </span>
      ) : null}
      {progress === null ? null : (
        <span>
          <progress max={progress.of} value={progress.done} aria-hidden="true" />{' '}
          {words('version.computing', { ...progress })}{' '}
          <button type="button" onClick={state.stop}>
            {words('version.stop')}
          </button>
        </span>
      )}
      {state.isStopped.value ? <span>{words('version.stopped')}</span> : null}
      {state.notice.value === null ? null : <Notice notice={state.notice.value} />}
      {refusal === null ? null : <p class="warned">{refusal[language.value]}</p>}
    </div>
  );
}

function Notice({ notice }: { readonly notice: UnitNotice }): JSX.Element {
  if (notice.kind === 'opening') {
    const name = notice.names.join(' · ');
    return <span>{words('version.opening', { name })}</span>;
  }
  const { name, near } = notice;
  return (
    <p class="warned">
      {near === null
        ? words('version.no_unit', { name })
        : words('version.no_unit_near', { name, near: near[language.value] })}
    </p>
  );
}

function Choices({ state, offers }: { readonly state: VersionState; readonly offers: VersionOffers }): JSX.Element {
  const version = state.version.value;
  const { change } = state;
  return (
    <div class="version-choices">
      <label>
        <span>{words('version.errors')}</span>
        <select value={version.vcov ?? ''} onChange={({ currentTarget: { value } }) => change({ vcov: value || null })}>
          <option value="">{words('version.as_authors')}</option>
          {offers.covariances.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      {offers.period === null ? null : <Period version={version} extent={offers.period} change={change} />}
      <label>
        <span>{words('version.where')}</span>
        <input
          type="text"
          spellcheck={false}
          value={version.where ?? ''}
          placeholder={words('version.where_hint')}
          onChange={({ currentTarget: { value } }) => change({ where: value.trim() || null })}
        />
      </label>
      <Tails version={version} change={change} />
      <Units version={version} offers={offers} change={change} leaveOut={state.leaveOut} />
      <Controls version={version} offers={offers} change={change} />
      {offers.hasThresholds ? <Thresholds version={version} change={change} /> : null}
    </div>
  );
}

type Change = VersionState['change'];

function Period({
  version,
  extent,
  change,
}: {
  readonly version: Version;
  readonly extent: readonly [number, number];
  readonly change: Change;
}): JSX.Element {
  const [first, last] = version.period ?? extent;
  const set = (from: number, to: number): void => {
    if (!(Number.isInteger(from) && Number.isInteger(to) && from <= to)) return;
    change({ period: from <= extent[0] && to >= extent[1] ? null : [from, to] });
  };
  const input = (
    label: 'version.from' | 'version.to',
    value: number,
    onValue: (value: number) => void,
  ): JSX.Element => (
    <input
      type="number"
      aria-label={words('version.period_end', { end: words(label) })}
      min={extent[0]}
      max={extent[1]}
      value={value}
      onChange={({ currentTarget }) => onValue(currentTarget.valueAsNumber)}
    />
  );
  return (
    <fieldset>
      <legend>{words('version.period')}</legend>
      {input('version.from', first, (from) => set(from, Math.max(from, last)))}–
      {input('version.to', last, (to) => set(Math.min(first, to), to))}
    </fieldset>
  );
}

/** Shares of the rows at each end, in percent. */
const shares = [1, 2.5, 5];

function Tails({ version: { tails }, change }: { readonly version: Version; readonly change: Change }): JSX.Element {
  const ways = (['winsor', 'trim'] as const).flatMap((how) => shares.map((share) => ({ how, share })));
  return (
    <label>
      <span>{words('version.tails')}</span>
      <select
        value={tails === null ? '' : `${tails.how} ${tails.share}`}
        onChange={({ currentTarget: { value } }) =>
          change({ tails: ways.find(({ how, share }) => `${how} ${share}` === value) ?? null })
        }
      >
        <option value="">{words('version.tails_as')}</option>
        {ways.map(({ how, share }) => (
          <option key={`${how} ${share}`} value={`${how} ${share}`}>
            {words(`version.${how}`, { share: String(share), other: String(100 - share) })}
          </option>
        ))}
      </select>
    </label>
  );
}

function Units({
  version: { without },
  offers: { units },
  change,
  leaveOut,
}: {
  readonly version: Version;
  readonly offers: VersionOffers;
  readonly change: Change;
  readonly leaveOut: VersionState['leaveOut'];
}): JSX.Element {
  const shown = language.value;
  // Hundreds of names, which no choice changes.
  const names = useMemo(
    () => (
      <datalist id="version-units">
        {units.map((one) => (
          <option key={one.key} value={one.name[shown]} label={one.key} />
        ))}
      </datalist>
    ),
    [units, shown],
  );
  const nameOf = (unit: string): string => {
    const found = units.find((one) => one.key === unit);
    return found === undefined ? unit : found.name[language.value];
  };
  const add = (input: HTMLInputElement): void => {
    if (leaveOut(input.value.trim())) input.value = '';
  };
  return (
    <div>
      <label>
        <span>{words('version.without')}</span>
        <input
          type="text"
          list="version-units"
          placeholder={words('version.without_hint')}
          onChange={({ currentTarget }) => add(currentTarget)}
        />
      </label>
      {names}
      <span class="version-units">
        {without.map((unit) => (
          <button
            key={unit}
            type="button"
            aria-label={words('version.back', { name: nameOf(unit) })}
            onClick={() => change({ without: without.filter((one) => one !== unit) })}
          >
            {nameOf(unit)} ×
          </button>
        ))}
      </span>
    </div>
  );
}

function Controls({
  version: { dropped },
  offers: { controls },
  change,
}: {
  readonly version: Version;
  readonly offers: VersionOffers;
  readonly change: Change;
}): JSX.Element | null {
  if (controls.length === 0) return null;
  const toggle = (name: string, isIn: boolean): void =>
    change({ dropped: isIn ? dropped.filter((one) => one !== name) : [...dropped, name] });
  return (
    <fieldset>
      <legend>{words('version.controls')}</legend>
      {controls.map(({ name, label }) => (
        <label key={name} class="version-check">
          <input
            type="checkbox"
            checked={!dropped.includes(name)}
            onChange={({ currentTarget: { checked } }) => toggle(name, checked)}
          />
          {label[language.value]}
        </label>
      ))}
    </fieldset>
  );
}

function Thresholds({ version, change }: { readonly version: Version; readonly change: Change }): JSX.Element {
  const choice = <Field extends 'thresholdTrim' | 'replicates'>(
    label: 'version.threshold_trim' | 'version.replicates',
    field: Field,
    values: readonly number[],
  ): JSX.Element => (
    <label>
      <span>{words(label)}</span>
      <select
        value={String(version[field] ?? '')}
        onChange={({ currentTarget: { value } }) => change({ [field]: value === '' ? null : Number(value) })}
      >
        <option value="">{words('version.as_authors')}</option>
        {values.map((value) => (
          <option key={value} value={String(value)}>
            {value}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      {choice('version.threshold_trim', 'thresholdTrim', [0.01, 0.05, 0.1, 0.15, 0.2])}
      {choice('version.replicates', 'replicates', [0, 100, 300, 500, 1000, 2000])}
    </>
  );
}
