import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { type Completion, completed, completionAt } from '../completion.ts';
import type { Variable } from '../contract.ts';

interface VariableFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
  readonly variables: readonly Variable[];
  /** Names the list of what fits. */
  readonly listLabel: string;
  readonly hint?: string;
  readonly isMain?: boolean;
  /** Told where the cursor is, so that a variable can be put there. */
  readonly onCursor?: (cursor: number) => void;
}

/** A text in which names of variables are completed: arrows choose, Enter or Tab takes, Escape closes. */
export function VariableField(props: VariableFieldProps) {
  const { label, value, onInput, variables, listLabel, hint = '', isMain = false, onCursor } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const open = useSignal<Completion | null>(null);
  const chosen = useSignal(0);
  const offer = (): void => {
    const cursor = input.current?.selectionStart ?? value.length;
    onCursor?.(cursor);
    open.value = completionAt(input.current?.value ?? value, cursor, variables);
    chosen.value = 0;
  };
  const take = (variable: Variable | undefined): void => {
    const place = open.value;
    open.value = null;
    if (variable === undefined || place === null) return;
    const next = completed(input.current?.value ?? value, place, variable.name);
    onInput(next.text);
    onCursor?.(next.cursor);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(next.cursor, next.cursor);
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const shown = open.value;
    if (shown === null || event.isComposing) return;
    const count = shown.variables.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) chosen.value = (chosen.value + step + count) % count;
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab')
      take(shown.variables[chosen.value]);
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
          offer();
        }}
        onClick={() => onCursor?.(input.current?.selectionStart ?? 0)}
        onKeyUp={() => onCursor?.(input.current?.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          open.value = null;
        }}
      />
      <div id={`${id}-list`} class="offers" role="listbox" aria-label={listLabel} hidden={shown === null}>
        {shown?.variables.map((variable, i) => (
          <div
            key={variable.name}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen.value}
            onMouseDown={(event) => {
              event.preventDefault();
              take(variable);
            }}
          >
            <code>{variable.name}</code>
            <small>{variable.label ?? ''}</small>
          </div>
        ))}
      </div>
    </div>
  );
}
