import type { TableSet } from '../../audit/contract.ts';
import { readPublishedTables } from '../language/published.ts';
import { type AuditFacts, factsSchema } from '../language/published-schema.ts';
import { readYaml } from '../language/read-yaml.ts';
import { setOfPublished } from './published-set.ts';
import { readTableList } from './table-list.ts';

/** A list of tables under `tables`, in YAML or JSON; else tables by id, as a study writes them. */
const listForm = /(^|[{,\s])(["']?)tables\2\s*:\s*(\[|\n\s*- |$)/m;

/** A set of tables written as YAML or JSON. @throws study-invalid with every fault, each with line, column and the nearest name */
export function readTableSet(text: string, file: string): TableSet {
  return listForm.test(text) ? readTableList(text, file) : setOfPublished(readPublishedTables(text, file));
}

/** What is told beside the tables. @throws study-invalid */
export function readFacts(text: string, file: string): AuditFacts {
  return readYaml(text, file, factsSchema);
}
