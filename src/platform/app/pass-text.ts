import type { Pass } from '../../engine/contract.ts';
import type { Text } from '../../output/table/contract.ts';

/** What a pass is for, and of which part of the rows. */
export function passText(pass: Pass): Text {
  const what: Text = { key: `engine.what.${pass.id}` };
  const slice = pass.kind === 'load' ? undefined : pass.slice;
  return slice === undefined ? what : { key: 'engine.slice', values: { what, part: slice.number, parts: slice.count } };
}
