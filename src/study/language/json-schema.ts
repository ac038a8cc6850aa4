import { z } from 'zod';
import { studySchema } from './spec.ts';

/** The JSON schema of study.yaml, for editors; written to `dist/study.schema.json` at build. */
export function studyJsonSchema(): Record<string, unknown> {
  return { title: 'Kaya study file', ...z.toJSONSchema(studySchema, { io: 'input' }) };
}
