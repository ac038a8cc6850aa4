import { z } from 'zod';
import { type Bilingual, bilingual } from './bilingual.ts';
import { yamlDocument, yamlValue } from './read-yaml.ts';

const titled = z.object({ title: z.union([z.string(), z.object({ en: z.string(), zh: z.string() })]) });

/** The title of a study file, whatever else stands in it: for a list of shipped studies, which are whole. */
export function titleOfStudy(text: string): Bilingual {
  return bilingual(titled.parse(yamlValue(yamlDocument(text))).title);
}
