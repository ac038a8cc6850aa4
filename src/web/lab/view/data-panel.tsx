import { useSignal } from '@preact/signals';
import { formatCount } from '../../../output/format/format-number.ts';
import { publishedStyle } from '../../../output/format/number-style.ts';
import { readableEndings } from '../read/readable-endings.ts';
import { plainReading } from '../state.ts';
import { Choice, Fault, Fold, type Part, TextField } from './parts.tsx';

const counted = (count: number): string => formatCount(count, publishedStyle);
const betweenCommas = (text: string): readonly string[] =>
  text
    .split(/[,，]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The file, how it is read, the keys of its panel and its variables. */
export function DataPanel({ store, onInsert }: Part & { readonly onInsert: (name: string) => void }) {
  const { say, data, state, faults, source } = store;
  return (
    <section aria-labelledby="data-title">
      <h2 id="data-title">{say('data')}</h2>
      <FileChoice store={store} />
      <Fault store={store} of={faults.value.file} />
      {data.value === null && state.value.file !== null && source.value === null ? (
        <p class="quiet">{say('wanted_file', { file: state.value.file })}</p>
      ) : null}
      {data.value === null ? null : (
        <>
          <p class="file">
            <strong>{data.value.file}</strong>
            <span>
              {say('rows_columns', { rows: counted(data.value.nrow), columns: counted(data.value.variables.length) })}
            </span>
          </p>
          {data.value.notes.map((note) => (
            <p class="quiet" key={note.en}>
              {note[state.value.language]}
            </p>
          ))}
          <PanelKeys store={store} />
        </>
      )}
      {source.value === null ? null : (
        <HowRead key={source.value.file.name} store={store} isWanted={faults.value.file !== undefined} />
      )}
      {data.value === null ? null : <Variables store={store} onInsert={onInsert} />}
    </section>
  );
}

function FileChoice({ store }: Part) {
  const { say, data, open } = store;
  const isOver = useSignal(false);
  return (
    <label
      class={`drop${isOver.value ? ' over' : ''}${data.value === null ? '' : ' small'}`}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        const file = event.dataTransfer?.files[0];
        if (file !== undefined) open(file);
      }}
    >
      <input
        type="file"
        accept={readableEndings.join(',')}
        aria-label={say(data.value === null ? 'choose_file' : 'other_file')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) open(file);
          event.currentTarget.value = '';
        }}
      />
      <span>{say(data.value === null ? 'drop_here' : 'other_file')}</span>
      {data.value === null ? <small>{say('drop_formats')}</small> : null}
    </label>
  );
}

function PanelKeys({ store }: Part) {
  const { say, data, state, change } = store;
  const { unit, time } = state.value.panel;
  const options = [
    { value: '', label: say('no_panel') },
    ...(data.value?.variables ?? []).map(({ name }) => ({ value: name, label: name })),
  ];
  const choose = (keys: Partial<{ unit: string; time: string }>): void => {
    change({ ...state.value, panel: { ...state.value.panel, ...keys } });
    store.estimateMissing();
  };
  return (
    <fieldset>
      <legend>{say('panel')}</legend>
      <div class="pair">
        <Choice label={say('unit')} value={unit} options={options} onChange={(value) => choose({ unit: value })} />
        <Choice label={say('time')} value={time} options={options} onChange={(value) => choose({ time: value })} />
      </div>
      <p class="quiet">{say('panel_hint')}</p>
    </fieldset>
  );
}

/** @param isWanted the file could not be read without it */
function HowRead({ store, isWanted = false }: Part & { readonly isWanted?: boolean }) {
  const { say, source, sheets, open } = store;
  const { part, reading } = source.value?.how ?? plainReading;
  const sheet = useSignal(part ?? '');
  const text = useSignal(reading.text.join(', '));
  const missing = useSignal(reading.missing.join(', '));
  return (
    <Fold title={say('how_read')} isUsed={isWanted}>
      {sheets.value.length < 2 ? null : (
        <Choice
          label={say('sheet')}
          value={sheet.value}
          options={[
            { value: '', label: say('sheet_hint') },
            ...sheets.value.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(value) => (sheet.value = value)}
        />
      )}
      <TextField
        label={say('as_text')}
        hint={say('as_text_hint')}
        value={text.value}
        onInput={(value) => (text.value = value)}
      />
      <TextField
        label={say('missing_marks')}
        hint={say('missing_hint')}
        value={missing.value}
        onInput={(value) => (missing.value = value)}
      />
      <button
        type="button"
        onClick={() => {
          const file = source.value?.file;
          if (file === undefined) return;
          const how = { text: betweenCommas(text.value), number: [], missing: betweenCommas(missing.value) };
          open(file, { part: sheet.value === '' ? null : sheet.value, reading: how });
        }}
      >
        {say('read_again')}
      </button>
    </Fold>
  );
}

function Variables({ store, onInsert }: Part & { readonly onInsert: (name: string) => void }) {
  const { say, data } = store;
  const sought = useSignal('');
  const at = useSignal(0);
  const word = sought.value.trim().toLowerCase();
  const all = data.value?.variables ?? [];
  const found = all.filter(({ name, label }) => `${name} ${label ?? ''}`.toLowerCase().includes(word));
  return (
    <>
      <h3>{say('variables')}</h3>
      {all.length > 8 ? (
        <TextField label={say('find_variable')} value={sought.value} onInput={(value) => (sought.value = value)} />
      ) : null}
      {found.length === 0 ? <p class="quiet">{say('none_found')}</p> : null}
      {/* One stop of the tabulator: arrows go through it. */}
      <ul class="variables" onKeyDown={(event) => goThrough(event, (place) => (at.value = place))}>
        {found.slice(0, 500).map(({ name, label, kind }, i) => (
          <li key={name}>
            <button
              type="button"
              tabIndex={i === Math.min(at.value, found.length - 1) ? 0 : -1}
              onFocus={() => (at.value = i)}
              title={say('insert', { name })}
              onClick={() => onInsert(name)}
            >
              <code>{name}</code>
              <span>{label ?? ''}</span>
              {kind === 'text' ? <small>{say('text_kind')}</small> : null}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Number and text variables described; over the whole width, which their quantiles take. */
export function Described({ store }: Part) {
  const { say, data, state } = store;
  if (data.value === null) return null;
  return (
    <div class="described">
      <Fold title={say('described')} isUsed={false}>
        <Printed markup={data.value.described[state.value.language]} label={say('described')} />
      </Fold>
    </div>
  );
}

/** Arrows, Home and End move the focus among the buttons of a list. */
function goThrough(
  event: KeyboardEvent & { readonly currentTarget: HTMLElement },
  onPlace: (place: number) => void,
): void {
  const buttons: readonly HTMLElement[] = [...event.currentTarget.querySelectorAll('button')];
  const now = document.activeElement instanceof HTMLElement ? buttons.indexOf(document.activeElement) : 0;
  const last = buttons.length - 1;
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: last }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const place = Math.max(0, Math.min(last, next));
  onPlace(place);
  buttons[place]?.focus();
}

/** Tables that a printer of the program wrote, which lets nothing of the data be markup. */
export function Printed({ markup, label }: { readonly markup: string; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard
    // biome-ignore lint/a11y/useSemanticElements: a region that scrolls is no section of its own
    <div class="printed" role="region" tabIndex={0} aria-label={label} dangerouslySetInnerHTML={{ __html: markup }} />
  );
}
