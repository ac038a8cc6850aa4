import { useSignal } from '@preact/signals';
import { languageNames } from '../../../output/format/language-names.ts';
import { languages } from '../../../output/format/text-key.ts';
import { focusSoon } from '../../browser/keep-focus.ts';
import type { WordKey } from '../words/say.ts';
import { formulaField, type Part } from './parts.tsx';

/** What the page is, what it promises, and what holds for all of it. */
export function Header({ store }: Part) {
  const { say, state, history, move } = store;
  const told = useSignal<WordKey | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      told.value = 'copied';
    } catch {
      told.value = 'not_copied';
    }
  };
  return (
    <header>
      <button type="button" class="skip" onClick={() => focusSoon(formulaField)}>
        {say('skip')}
      </button>
      <div class="name">
        <h1>{say('title')}</h1>
        <p class="quiet">{say('tagline')}</p>
      </div>
      <p class="privacy">{say('privacy')}</p>
      <div class="bar">
        <button type="button" aria-disabled={history.value.past.length === 0} onClick={() => move('back')}>
          {say('undo')}
        </button>
        <button type="button" aria-disabled={history.value.future.length === 0} onClick={() => move('forth')}>
          {say('redo')}
        </button>
        <button type="button" onClick={copy}>
          {say('copy_address')}
        </button>
        <fieldset class="languages">
          <legend class="unseen">{say('language')}</legend>
          {languages.map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={state.value.language === language}
              onClick={() => {
                state.value = { ...state.value, language };
              }}
            >
              {languageNames[language]}
            </button>
          ))}
        </fieldset>
      </div>
      <p class="quiet" role="status">
        {told.value === null ? '' : say(told.value)}
      </p>
    </header>
  );
}
