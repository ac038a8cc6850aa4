import { inflateRawSync } from 'node:zlib';
import type { Inflate } from '../../file/xlsx/read-zip.ts';

/** Unpacks an entry of an archive by the library of this machine. */
export const inflate: Inflate = (packed, most) => inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
