/** A variable of an old dta file: text of a fixed width, or doubles by their bits. */
export type OldVariable =
  | {
      readonly name: string;
      readonly label?: Uint8Array;
      readonly width: number;
      readonly texts: readonly Uint8Array[];
    }
  | {
      readonly name: string;
      readonly label?: Uint8Array;
      readonly set?: string;
      readonly format?: string;
      readonly values: readonly number[];
    };

export interface OldLabels {
  readonly name: string;
  readonly texts: ReadonlyMap<number, Uint8Array>;
}

/** The missing value . plus `code` steps: 1 to 26 are .a to .z. */
export function codedMissing(code: number): number {
  return 2 ** 1023 * (1 + code / 4096);
}

/** A dta file of format 114 (Stata 10), whose strings are bytes of no said encoding. @source Stata's help file dta_114 */
export function oldDta(
  variables: readonly OldVariable[],
  nrow: number,
  sets: readonly OldLabels[] = [],
  characteristics: Readonly<Record<string, string>> = {},
): Buffer {
  const parts: Uint8Array[] = [];
  const field = (text: string | Uint8Array, width: number): void => {
    const out = new Uint8Array(width);
    out.set((typeof text === 'string' ? Buffer.from(text, 'latin1') : text).subarray(0, width - 1));
    parts.push(out);
  };
  const whole = (value: number, width: number): void => {
    const out = Buffer.alloc(width);
    out.writeUIntLE(value, 0, width);
    parts.push(out);
  };
  parts.push(Uint8Array.of(114, 2, 1, 0));
  whole(variables.length, 2);
  whole(nrow, 4);
  field('', 81);
  field('', 18);
  for (const one of variables) parts.push(Uint8Array.of('width' in one ? one.width : 255));
  for (const { name } of variables) field(name, 33);
  parts.push(new Uint8Array(2 * (variables.length + 1)));
  for (const one of variables) field('width' in one ? `%${one.width}s` : (one.format ?? '%9.0g'), 49);
  for (const one of variables) field('width' in one ? '' : (one.set ?? ''), 33);
  for (const { label } of variables) field(label ?? '', 81);
  for (const [name, text] of Object.entries(characteristics)) {
    parts.push(Uint8Array.of(1));
    whole(66 + text.length + 1, 4);
    field('_dta', 33);
    field(name, 33);
    field(text, text.length + 1);
  }
  parts.push(new Uint8Array(5));
  for (let i = 0; i < nrow; i++) {
    for (const one of variables) {
      if ('width' in one) {
        const out = new Uint8Array(one.width);
        out.set(one.texts[i].subarray(0, one.width));
        parts.push(out);
      } else {
        const out = Buffer.alloc(8);
        out.writeDoubleLE(one.values[i]);
        parts.push(out);
      }
    }
  }
  for (const { name, texts } of sets) {
    const bodies = [...texts.values()].map((text) => Buffer.concat([text, Uint8Array.of(0)]));
    const length = bodies.reduce((total, body) => total + body.length, 0);
    whole(8 + 8 * bodies.length + length, 4);
    field(name, 33);
    parts.push(new Uint8Array(3));
    whole(bodies.length, 4);
    whole(length, 4);
    let offset = 0;
    for (const body of bodies) {
      whole(offset, 4);
      offset += body.length;
    }
    for (const value of texts.keys()) {
      const out = Buffer.alloc(4);
      out.writeInt32LE(value);
      parts.push(out);
    }
    parts.push(...bodies);
  }
  return Buffer.concat(parts);
}
