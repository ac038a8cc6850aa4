// The wire format of protocol buffers, as far as Spark Connect needs it: texts, bytes, whole numbers and messages by their number.

const varint = 0;
const fixed64 = 1;
const delimited = 2;
const fixed32 = 5;

/** A message, field by field, as it goes over the wire. */
export function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}

/** A field of text, bytes or a message; an empty one of text is left out. */
export function field(number: number, value: string | Uint8Array | null): Uint8Array {
  if (value === null || value === '') return Buffer.alloc(0);
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([bytesOf(number * 8 + delimited), bytesOf(bytes.length), bytes]);
}

/** A field of a whole number or a truth. */
export function wholeField(number: number, value: number | boolean): Uint8Array {
  return Buffer.concat([bytesOf(number * 8 + varint), bytesOf(Number(value))]);
}

function bytesOf(value: number): Uint8Array {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  out.push(rest);
  return Uint8Array.from(out);
}

/** The fields of a message by their numbers; of one that comes again, all. */
export interface Fields {
  text(number: number): string | null;
  bytes(number: number): Uint8Array | null;
  all(number: number): readonly Uint8Array[];
  message(number: number): Fields | null;
  whole(number: number): number | null;
}

/** @throws RangeError where the bytes are no message */
export function fieldsOf(bytes: Uint8Array): Fields {
  const parts = new Map<number, Uint8Array[]>();
  const wholes = new Map<number, number>();
  let at = 0;
  const next = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('a message is cut short');
      value += (byte % 128) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  while (at < bytes.length) {
    const tag = next();
    const [number, kind] = [Math.floor(tag / 8), tag % 8];
    if (kind === varint) wholes.set(number, next());
    else {
      const length = kind === delimited ? next() : kind === fixed64 ? 8 : kind === fixed32 ? 4 : -1;
      if (length < 0 || at + length > bytes.length) throw new RangeError('no message of the protocol');
      parts.set(number, [...(parts.get(number) ?? []), bytes.subarray(at, at + length)]);
      at += length;
    }
  }
  const last = (number: number): Uint8Array | null => parts.get(number)?.at(-1) ?? null;
  return {
    all: (number) => parts.get(number) ?? [],
    bytes: last,
    text: (number) => {
      const found = last(number);
      return found === null ? null : Buffer.from(found).toString('utf8');
    },
    message: (number) => {
      const found = last(number);
      return found === null ? null : fieldsOf(found);
    },
    whole: (number) => wholes.get(number) ?? null,
  };
}
