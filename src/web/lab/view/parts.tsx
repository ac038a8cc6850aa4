import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Sentence } from '../contract.ts';
import type { LabStore } from '../store.ts';

/** The field of the formula, which takes the focus when a model is put into the form. */
export function formulaField(): HTMLElement | null {
  return document.querySelector('.field.main input');
}

/** Every part of the page is given what the page knows. */
export interface Part {
  readonly store: LabStore;
}

/** What the program refuses, where it was asked for. */
export function Fault({ store, of }: Part & { readonly of: Sentence | undefined }) {
  return (
    <div role="alert" class="alerts">
      {of === undefined ? null : <p class="fault">{of[store.state.value.language]}</p>}
    </div>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
  readonly hint?: string;
  readonly isCount?: boolean;
}

export function TextField({ label, value, onInput, hint = '', isCount = false }: TextFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={isCount ? 'numeric' : 'text'}
        autocomplete="off"
        spellcheck={false}
        placeholder={hint}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

export function Choice({ label, value, options, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A part of a form that is opened when it is wanted; open from the beginning where it holds something. */
export function Fold({
  title,
  isUsed,
  children,
}: {
  readonly title: string;
  readonly isUsed: boolean;
  readonly children: ComponentChildren;
}) {
  // What was opened stays open while it is being emptied.
  const isOpened = useSignal(isUsed);
  return (
    <details
      open={isOpened.value || isUsed}
      onToggle={(event) => {
        isOpened.value = event.currentTarget.open;
      }}
    >
      <summary>{title}</summary>
      <div class="fold">{children}</div>
    </details>
  );
}
