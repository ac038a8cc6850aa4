import { inflateSync } from 'fflate';
import type { Inflate } from '../../../file/xlsx/read-zip.ts';

/** Unpacks an entry of an archive. One byte of room beyond what it declares shows an entry that holds more. */
export const inflate: Inflate = (packed, most) => {
  const out = inflateSync(packed, { out: new Uint8Array(most + 1) });
  if (out.length > most) throw new RangeError('more than was declared');
  return out;
};
