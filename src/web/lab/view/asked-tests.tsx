import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { focusSoon } from '../../browser/keep-focus.ts';
import { type AskedTest, isFlag, type TestWord, testWords } from '../draft.ts';
import type { WordKey } from '../words/say.ts';
import { Choice, type Part } from './parts.tsx';
import { VariableField } from './variable-field.tsx';

const nameKey = (word: TestWord): WordKey => `test_${word}`;

/** What a test begins with, where it is one of a few words. */
const starts: Partial<Record<TestWord, string>> = { diagnose: 'all', reps: '999', seed: '1', ssc: 'reghdfe' };

/** The tests after the fit, one a line. */
export function AskedTests({ store }: Part) {
  const { say, state, type } = store;
  const { tests } = state.value.draft;
  const chosen = useSignal<TestWord>('test');
  const adding = useRef<HTMLDivElement>(null);
  const add = (): void => {
    const word = chosen.value;
    type({ tests: [...tests, { word, text: starts[word] ?? '' }] });
    focusSoon(() => adding.current?.previousElementSibling?.querySelector<HTMLElement>('input,button'));
  };
  const put = (place: number, test: AskedTest): void =>
    type({ tests: tests.map((one, i) => (i === place ? test : one)) });
  return (
    <>
      {tests.map(({ word, text }, i) => (
        <div class="test" key={`${i}-${word}`}>
          {isFlag(word) ? (
            <span>{say(nameKey(word))}</span>
          ) : (
            <VariableField
              store={store}
              label={say(nameKey(word))}
              value={text}
              onInput={(next) => put(i, { word, text: next })}
            />
          )}
          <button
            type="button"
            aria-label={say('remove_test', { name: say(nameKey(word)) })}
            onClick={() => type({ tests: tests.filter((_, place) => place !== i) })}
          >
            {say('remove')}
          </button>
        </div>
      ))}
      {/* A choice by itself would add a test with every arrow key. */}
      <div class="test" ref={adding}>
        <Choice
          label={say('add_test')}
          value={chosen.value}
          options={testWords.map((word) => ({ value: word, label: say(nameKey(word)) }))}
          onChange={(value) => {
            chosen.value = testWords.find((one) => one === value) ?? chosen.value;
          }}
        />
        <button type="button" onClick={add}>
          {say('add')}
        </button>
      </div>
    </>
  );
}
