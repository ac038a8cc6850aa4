import { z } from 'zod';
import type { Pack } from '../../domain/contract.ts';
import { rawStudySchema } from './spec.ts';
import { panelFileSchema } from './spec-panel-file.ts';

/**
 * The JSON schema of study.yaml, for editors; written to `dist/study.schema.json` at build. Names that packs give are examples
 * there, which editors complete: a study's own pack may have others.
 */
export function studyJsonSchema(packs: readonly Pack[] = []): Record<string, unknown> {
  return { title: 'Kaya study file', anyOf: [rawTablesJsonSchema(packs), panelFileJsonSchema()] };
}

/** Of studies from raw tables. */
export function rawTablesJsonSchema(packs: readonly Pack[] = []): Record<string, unknown> {
  const names: Readonly<Record<string, readonly string[]>> = {
    measures: packs.flatMap(({ measures }) => measures.map(({ id }) => id)),
    groups: packs.flatMap(({ groups }) => Object.keys(groups)),
  };
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => {
        if (key !== 'names' || typeof inner !== 'string') return [[key, named(inner)]];
        const examples = [...new Set(names[inner])].sort();
        return examples.length === 0 ? [] : [['examples', examples]];
      }),
    );
  };
  return named(z.toJSONSchema(rawStudySchema, { io: 'input' })) as Record<string, unknown>; // of an object, an object
}

/** Of studies about a ready panel. */
export function panelFileJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(panelFileSchema, { io: 'input' });
}
