import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isStudyError } from '../../error/study-error.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { readJson } from './read-json.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-json-'));
afterAll(() => rmSync(folder, { recursive: true }));

const schema = z.object({ models: z.array(z.object({ id: z.string() })) });

/** What is said of a file of that text. */
function said(text: string | Buffer): string {
  const path = join(folder, 'truth.json');
  writeFileSync(path, text);
  try {
    return JSON.stringify(readJson(path, 'truth', schema));
  } catch (error) {
    if (!isStudyError(error)) throw error;
    return describeError(error, 'en').replaceAll(folder, '');
  }
}

describe('readJson', () => {
  it('gives what the schema reads', () => {
    expect(said('{"models":[{"id":"a"}]}')).toBe('{"models":[{"id":"a"}]}');
  });

  it.each([
    ['', 'it is not JSON'],
    ['{"models":[{"id":', 'it is not JSON'],
    [Buffer.from([0xff, 0xfe, 0x00]), 'UTF-8'],
    ['null', '/truth.json cannot be read: "null" is not what stands there'],
    ['[]', '/truth.json cannot be read: "[]" is not what stands there'],
    ['{"models":{}}', '/truth.json, models cannot be read: "{}" is not what stands there'],
    ['{"models":[{"id":"a"},{"id":5}]}', '/truth.json, models[1].id cannot be read: "5" is not what stands there'],
    [`{"models":"${'x'.repeat(1e6)}"}`, `models cannot be read: ""${'x'.repeat(39)}…" is not what stands there`],
  ])('says where a value is wrong and what to do: %.40s', (text, words) => {
    expect(said(text)).toContain(words);
  });

  it('says that a file is not there', () => {
    expect(() => readJson(join(folder, 'none.json'), 'truth', schema)).toThrow(
      expect.objectContaining({ code: 'file-not-found' }),
    );
  });
});
