import { z } from 'zod';
import { studySchema } from './spec.ts';
import { panelFileSchema } from './spec-panel-file.ts';

/** The JSON schema of study.yaml, for editors; written to `dist/study.schema.json` at build. */
export function studyJsonSchema(): Record<string, unknown> {
  return { title: 'Kaya study file', anyOf: [rawTablesJsonSchema(), panelFileJsonSchema()] };
}

/** Of studies from raw tables. */
export function rawTablesJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(studySchema, { io: 'input' });
}

/** Of studies about a ready panel. */
export function panelFileJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(panelFileSchema, { io: 'input' });
}
