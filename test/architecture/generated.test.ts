import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wholeProgram } from '../../src/platform/cli/testing/whole-program.ts';
import { panelFileJsonSchema, rawTablesJsonSchema, studyJsonSchema } from '../../src/study/language/json-schema.ts';
import { shippedPacks } from '../china-pack.ts';
import { commandDocs } from './command-docs.ts';
import { methodsDocs } from './methods-docs.ts';
import { repository } from './planted.ts';
import { studyDocs } from './study-docs.ts';

test('docs/study-yaml.md is what the schema says (`npm run docs` writes it)', async () => {
  const packs = shippedPacks.names.map(shippedPacks.read);
  await expect(studyDocs(rawTablesJsonSchema(), panelFileJsonSchema(), packs)).toMatchFileSnapshot(
    join(repository, 'docs/study-yaml.md'),
  );
});

test('docs/commands.md is what --help prints (`npm run docs` writes it)', async () => {
  await expect(commandDocs(wholeProgram())).toMatchFileSnapshot(join(repository, 'docs/commands.md'));
});

test('docs/methods/formulas.md is what reports say of their methods (`npm run docs` writes it)', async () => {
  await expect(methodsDocs()).toMatchFileSnapshot(join(repository, 'docs/methods/formulas.md'));
});

test('every key of the study file is described', () => {
  const bare: string[] = [];
  const visit = (schema: unknown, path: string): void => {
    if (schema === null || typeof schema !== 'object') return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties') {
        for (const [name, inner] of Object.entries(value as Record<string, { description?: string }>)) {
          if (inner.description === undefined) bare.push(`${path}${name}`);
          visit(inner, `${path}${name}.`);
        }
      } else visit(value, path);
    }
  };
  visit(studyJsonSchema(), '');
  expect(bare).toEqual([]);
});
