import { checkStudy } from './check-study.ts';
import { readYaml } from './read-yaml.ts';
import { type StudySpec, studySchema } from './spec.ts';
import { panelFileSchema } from './spec-panel-file.ts';
import { shippedVocabulary, type Vocabulary } from './vocabulary.ts';

/**
 * Reads a study file: YAML, shape, then the names that must exist.
 * @param text content of the file
 * @param file its name, for messages
 * @throws study-invalid with every fault, each with line and column
 */
export function parseStudy(text: string, file: string, vocabulary: Vocabulary = shippedVocabulary): StudySpec {
  return readYaml(text, file, studySchema, (study) => checkStudy(study, vocabulary), {
    schema: panelFileSchema,
    words: 'studies about a ready panel (data.panel: FILE)',
  });
}
