import { parseDocument } from 'yaml';
import type { PackSource } from '../../domain/contract.ts';
import { checkPanelFileStudy } from './check-panel-file.ts';
import type { KnownNames } from './faults.ts';
import { packFaults, parseRawStudy } from './load-study.ts';
import { readYaml } from './read-yaml.ts';
import type { OtherKind } from './shape-faults.ts';
import { type RawStudySpec, rawStudySchema } from './spec.ts';
import { type PanelFileSpec, panelFileSchema } from './spec-panel-file.ts';
import type { OwnNames } from './vocabulary.ts';

/** A study file of either kind. */
export type AnyStudySpec =
  | { readonly kind: 'raw-tables'; readonly spec: RawStudySpec }
  | { readonly kind: 'panel-file'; readonly spec: PanelFileSpec };

/** What a study file is held to besides its own words. */
export interface StudyReading {
  readonly packs?: PackSource;
  readonly own?: OwnNames;
  /** What the columns of the panel's files hold. */
  readonly kindOf?: (name: string) => 'number' | 'text';
}

/**
 * Reads a study file: from raw tables, or about a panel when it has `data.panel` or `data.tables`.
 * @param names where the names of its pack and of its own tables are found
 * @param held columns of the panel's files; null before they were read, when no name of a column is judged
 * @throws study-invalid with every fault, each with line and column
 */
export function parseAnyStudy(
  text: string,
  file: string,
  { packs, own, kindOf }: StudyReading = {},
  held: KnownNames = null,
): AnyStudySpec {
  if (!hasPanelFile(text)) return { kind: 'raw-tables', spec: parseRawStudy(text, file, packs, own) };
  const other: OtherKind = { schema: rawStudySchema, says: 'fault.key_of_raw' };
  const check = (study: PanelFileSpec) => [
    ...(packs === undefined ? [] : packFaults(study, packs)),
    ...checkPanelFileStudy(study, held, kindOf),
  ];
  return { kind: 'panel-file', spec: readYaml(text, file, panelFileSchema, check, other) };
}

/** A text that is no YAML is none: the reader of studies says why. */
function hasPanelFile(text: string): boolean {
  const document = parseDocument(text, { prettyErrors: false });
  return document.errors.length === 0 && (document.hasIn(['data', 'panel']) || document.hasIn(['data', 'tables']));
}
