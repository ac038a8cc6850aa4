import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { type Completion, completed, completionAt, type Grammar, type Offer } from '../completion.ts';
import type { Variable } from '../contract.ts';
import type { WordKey } from '../words/say.ts';
import type { Part } from './parts.tsx';

interface VariableFieldProps extends Part {
  readonly label: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
  /** Left out: a formula, or a part of one. */
  readonly grammar?: Grammar;
  readonly hint?: string;
  readonly isMain?: boolean;
  /** Told where the cursor is, so that a variable can be put there. */
  readonly onCursor?: (cursor: number) => void;
}

/** What functions and signs of a formula do, where a word says it. */
const meanings: Readonly<Record<string, WordKey>> = {
  l: 'means_l',
  f: 'means_f',
  d: 'means_d',
  i: 'means_i',
  I: 'means_arithmetic',
  winsor: 'means_winsor',
  mean: 'means_mean',
  event: 'means_event',
  sunab: 'means_sunab',
  sw: 'means_sw',
  csw: 'means_csw',
  '~': 'means_tilde',
  '+': 'means_plus',
  '|': 'means_bar',
  ':': 'means_product',
  '*': 'means_both',
  '^': 'means_power',
};
const noVariables: readonly Variable[] = [];

/**
 * A text in which variables, functions and signs are completed: the down arrow offers what can stand there, arrows choose, Enter or Tab
 * takes, Escape closes.
 */
export function VariableField(props: VariableFieldProps) {
  const { store, label, value, onInput, grammar = 'formula', hint = '', isMain = false, onCursor } = props;
  const variables = store.data.value?.variables ?? noVariables;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const open = useSignal<Completion | null>(null);
  const chosen = useSignal(0);
  const offer = (isAsked: boolean): void => {
    const cursor = input.current?.selectionStart ?? value.length;
    onCursor?.(cursor);
    open.value = completionAt(input.current?.value ?? value, cursor, { variables, grammar, isAsked });
    chosen.value = 0;
  };
  const choose = (place: number): void => {
    chosen.value = place;
    requestAnimationFrame(() => document.getElementById(`${id}-${place}`)?.scrollIntoView({ block: 'nearest' }));
  };
  const take = (offered: Offer | undefined): void => {
    const place = open.value;
    open.value = null;
    if (offered === undefined || place === null) return;
    const next = completed(input.current?.value ?? value, place, offered);
    const field = input.current;
    if (field !== null) {
      // At once: a key that comes before the next frame is typed behind what was taken.
      field.value = next.text;
      field.focus();
      field.setSelectionRange(next.cursor, next.cursor);
    }
    onInput(next.text);
    onCursor?.(next.cursor);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const shown = open.value;
    if (event.isComposing) return;
    if (shown === null) {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      offer(true);
      return;
    }
    const count = shown.offers.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) choose((chosen.value + step + count) % count);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      open.value = null;
      return;
    } else if (event.key === 'Enter' || event.key === 'Tab') take(shown.offers[chosen.value]);
    else if (event.key === 'Escape') {
      open.value = null;
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  const shown = open.value;
  return (
    <div class={isMain ? 'field main' : 'field'}>
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        placeholder={hint}
        value={value}
        aria-autocomplete="list"
        aria-expanded={shown !== null}
        aria-controls={`${id}-list`}
        {...(shown === null ? {} : { 'aria-activedescendant': `${id}-${chosen.value}` })}
        onInput={(event) => {
          onInput(event.currentTarget.value);
          offer(false);
        }}
        onClick={() => onCursor?.(input.current?.selectionStart ?? 0)}
        onKeyUp={() => onCursor?.(input.current?.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          open.value = null;
        }}
      />
      <div
        id={`${id}-list`}
        class="offers"
        role="listbox"
        aria-label={store.say('completions')}
        hidden={shown === null}
      >
        {shown?.offers.map((offered, i) => (
          <div
            key={`${offered.kind} ${offered.name}`}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen.value}
            onMouseDown={(event) => {
              event.preventDefault();
              take(offered);
            }}
          >
            <code>{offered.kind === 'function' ? `${offered.name}()` : offered.name}</code>
            <small>{labelOf(offered, store.say)}</small>
          </div>
        ))}
      </div>
    </div>
  );
}

function labelOf({ kind, name, label }: Offer, say: Part['store']['say']): string {
  const meaning = kind === 'variable' ? undefined : meanings[name];
  return meaning === undefined ? (label ?? '') : say(meaning);
}
