import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressOf, readAddress } from './address.ts';
import { emptyDraft, errorKinds, testWords } from './draft.ts';
import { emptyState, type LabState } from './state.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const draft = fc.record({
  ...Object.fromEntries(
    Object.entries(emptyDraft)
      .filter(([, value]) => typeof value === 'string')
      .map(([key]) => [key, text]),
  ),
  errors: fc.constantFrom(...errorKinds),
  isSplitFull: fc.boolean(),
  tests: fc.array(fc.record({ word: fc.constantFrom(...testWords), text }), { maxLength: 3 }),
});
const state = fc.record({
  language: fc.constantFrom('en', 'zh'),
  file: fc.option(text),
  how: fc.record({
    part: fc.option(text),
    reading: fc.record({ text: fc.array(text), number: fc.array(text), missing: fc.array(text) }),
  }),
  panel: fc.record({ unit: text, time: text }),
  draft,
  changing: fc.constant(null),
  models: fc.array(draft, { maxLength: 3 }),
}) as fc.Arbitrary<unknown> as fc.Arbitrary<LabState>; // the texts of a draft are made from its keys

it('property: an address gives back the state that it was made of', () => {
  fc.assert(
    fc.property(state, (one) => {
      expect(readAddress(addressOf(one))).toEqual({ state: one, unknown: [] });
    }),
  );
});

it('property: whatever stands in an address, it is a state or none', () => {
  const strange = fc.oneof(
    fc.string(),
    fc.json().map((one) => encodeURIComponent(one)),
    fc
      .record({
        kaya: fc.constant(1),
        models: fc.array(fc.jsonValue()),
        draft: fc.jsonValue(),
        panel: fc.jsonValue(),
        how: fc.jsonValue(),
      })
      .map((one) => encodeURIComponent(JSON.stringify(one))),
  );
  fc.assert(
    fc.property(strange, (one) => {
      const read = readAddress(`#${one}`)?.state;
      if (read === undefined) return;
      for (const model of [read.draft, ...read.models])
        expect(Object.keys(model).sort()).toEqual(Object.keys(emptyDraft).sort());
    }),
  );
});

it.each([
  '',
  '#',
  '#%',
  '#{}',
  '#[1]',
  `#${encodeURIComponent('{"kaya":2}')}`,
  `#${encodeURIComponent('{"kaya":1,"models":{}}')}`,
  `#${encodeURIComponent('{"kaya":1,"how":{"part":2,"reading":{"text":[],"number":[],"missing":[]}}}')}`,
])('there is no state in %j', (address) => {
  expect(readAddress(address)).toBeNull();
});

it('an address of a page as it begins is short and holds no data', () => {
  expect(decodeURIComponent(addressOf({ ...emptyState('en'), file: 'a.csv' }))).toBe(
    '#{"kaya":1,"language":"en","file":"a.csv"}',
  );
});

it('words that the form has no field for are told by name, and what it has is kept', () => {
  const draft = {
    formula: 'y ~ x',
    rmax: '1',
    tests: [
      { word: 'placebo', text: 'x' },
      { word: 'wild', text: 'x' },
    ],
  };
  const models = [{ formula: 'y ~ z', wild_type: 'wcu', rmax: '1' }];
  const read = readAddress(`#${encodeURIComponent(JSON.stringify({ kaya: 1, draft, models }))}`);
  expect(read?.unknown).toEqual(['wild_type', 'rmax', 'placebo']);
  expect(read?.state.draft).toEqual({ ...emptyDraft, formula: 'y ~ x', tests: [{ word: 'wild', text: 'x' }] });
  expect(read?.state.models).toEqual([{ ...emptyDraft, formula: 'y ~ z' }]);
});
