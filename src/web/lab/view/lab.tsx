import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatFixed } from '../../../output/format/format-number.ts';
import { publishedStyle } from '../../../output/format/number-style.ts';
import { languageTag } from '../../../output/format/text-key.ts';
import { inserted } from '../completion.ts';
import { DataPanel, Described } from './data-panel.tsx';
import { Header } from './header.tsx';
import { ModelForm } from './model-form.tsx';
import { ModelList } from './model-list.tsx';
import type { Part } from './parts.tsx';
import { Results } from './results.tsx';

/** The whole page. */
export function Lab({ store, licences }: Part & { readonly licences: () => Promise<string> }) {
  const { say, state, type } = store;
  const cursor = useRef<number | null>(null);
  useKeys(store);
  useSignalEffect(() => {
    document.documentElement.lang = languageTag(state.value.language);
    document.title = say('title');
  });
  const insert = (name: string): void => {
    const { formula } = state.value.draft;
    const next = inserted(formula, Math.min(cursor.current ?? formula.length, formula.length), name);
    cursor.current = next.cursor;
    type({ formula: next.text });
  };
  return (
    <>
      <Header store={store} />
      <main>
        <div class="side">
          <DataPanel store={store} onInsert={insert} />
        </div>
        <div class="work">
          {store.isBadAddress ? <p class="fault">{say('bad_address')}</p> : null}
          {store.unknown.length === 0 ? null : (
            <p class="fault">{say('unknown_words', { names: store.unknown.join(', ') })}</p>
          )}
          <Described store={store} />
          <ModelForm
            store={store}
            onCursor={(place) => {
              cursor.current = place;
            }}
          />
          <Working store={store} />
          <ModelList store={store} />
          <Results store={store} />
        </div>
      </main>
      <Licences label={say('licences')} licences={licences} />
    </>
  );
}

/** What the page is doing, since when, and the way out of it. */
function Working({ store }: Part) {
  const { say, doing, stop } = store;
  const now = useSignal(performance.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = performance.now();
    }, 200);
    return () => clearInterval(timer);
  }, []);
  const at = doing.value;
  const seconds = at === null ? '' : formatFixed(Math.max(0, now.value - at.since) / 1000, 1, publishedStyle);
  return (
    <div class="working" role="status" hidden={at === null}>
      {at === null ? null : (
        <>
          <span>{say(`step_${at.step}`)}</span>
          <progress {...(at.share === null ? {} : { value: at.share })} aria-label={say(`step_${at.step}`)} />
          <span aria-hidden="true">{say('seconds', { seconds })}</span>
          <button type="button" onClick={stop}>
            {say('stop')}
          </button>
        </>
      )}
    </div>
  );
}

/** Keys that hold everywhere: estimate, stop, undo and redo outside of texts. */
function useKeys(store: Part['store']): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isCommand = event.ctrlKey || event.metaKey;
      const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text';
      if (event.key === 'Escape') store.stop();
      else if (isCommand && event.key === 'Enter') store.estimate();
      else if (isCommand && !isTyping && /^[zy]$/i.test(event.key))
        store.move(event.shiftKey || /y/i.test(event.key) ? 'forth' : 'back');
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function Licences({ label, licences }: { readonly label: string; readonly licences: () => Promise<string> }) {
  const text = useSignal('');
  return (
    <footer>
      <details
        onToggle={async (event) => {
          if (event.currentTarget.open && text.value === '') text.value = await licences();
        }}
      >
        <summary>{label}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by the keyboard */}
        <section aria-label={label} tabIndex={0}>
          <pre>{text.value}</pre>
        </section>
      </details>
    </footer>
  );
}
