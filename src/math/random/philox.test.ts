import { describe, expect, it } from 'vitest';
import { philoxInto, randomStream } from './philox.ts';

function block(counter: number[], key: number[]): string {
  const out = new Uint32Array(4);
  philoxInto(out, new Uint32Array(counter), key[0], key[1]);
  return [...out].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

describe('philox 4x32-10', () => {
  // Known-answer vectors of the authors' Random123 distribution (kat_vectors).
  it('gives the published words', () => {
    const ones = 0xffffffff;
    expect(block([0, 0, 0, 0], [0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
    expect(block([ones, ones, ones, ones], [ones, ones])).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd');
    expect(block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toBe(
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    );
  });

  it('draws the same numbers for the same stream, others for another', () => {
    const draw = (stream: number, substream: number) => {
      const random = randomStream(2024, stream, substream);
      return Array.from({ length: 9 }, () => random.uniform());
    };
    expect(draw(1, 2)).toEqual(draw(1, 2));
    expect(draw(1, 2)).not.toEqual(draw(1, 3));
    expect(draw(1, 2)).not.toEqual(draw(2, 2));
  });

  it('has the moments of its distributions', () => {
    const random = randomStream(7, 1);
    const n = 200_000;
    let sum = 0;
    let squares = 0;
    let uniforms = 0;
    for (let i = 0; i < n; i++) {
      const z = random.normal();
      sum += z;
      squares += z * z;
      uniforms += random.uniform();
    }
    // Five standard errors of each mean.
    expect(Math.abs(sum / n)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(squares / n - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(n));
    expect(Math.abs(uniforms / n - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
  });
});
