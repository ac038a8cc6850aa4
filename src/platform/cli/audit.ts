import { auditTables } from '../../audit/audit-tables.ts';
import type { TableSet } from '../../audit/contract.ts';
import { type GridLine, gridOfText } from '../../audit/paste/grid.ts';
import { setOfPasted } from '../../audit/paste/set.ts';
import { readPasted } from '../../audit/paste/table.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { fileEnding } from '../../file/file-ending.ts';
import { readHtml } from '../../file/html/read-html.ts';
import { decodeText } from '../../file/text/decode-text.ts';
import { auditDocument, type UnreadLine } from '../../output/document/results/audit.ts';
import { countsOf } from '../../output/table/audit/words.ts';
import { withFacts } from '../../study/audit/parts.ts';
import { readFacts, readTableSet } from '../../study/audit/read-set.ts';
import type { CommandContext } from '../app/context.ts';
import { deliver } from '../app/deliver.ts';
import { inputRecord } from '../store/input-record.ts';
import { readText } from '../store/text-file.ts';
import type { DataFormat } from './command.ts';

export interface AuditOptions {
  readonly path: string;
  readonly facts: string | null;
  readonly statistic: 't' | 'se' | null;
  readonly periods: number | null;
  readonly format: DataFormat;
  readonly out: string | null;
}

/**
 * `kaya audit`: published tables against themselves.
 * @throws audit-findings once all is printed, with findings of severity A; study-invalid, file-not-found, file-unreadable
 */
export async function runAudit(options: AuditOptions, context: CommandContext): Promise<void> {
  const { path, facts, format, out } = options;
  const { set, unread } = readAudited(options);
  const told = facts === null ? set : withFacts(set, readFacts(readText(facts, said('file.facts')).text, facts));
  const result = auditTables(told);
  const { version, language } = context;
  await deliver(auditDocument(result, { version, language, unread }), { format, out }, context);
  const { a, b, c } = countsOf(result);
  if (a > 0) throw new StudyError('audit-findings', { path, a, b, c });
}

const writtenEndings = ['.yaml', '.yml', '.json'];
const pastedEndings = ['.txt', '.csv', '.tsv', '.tex', '.html', '.htm', '.md'];

interface Audited {
  readonly set: TableSet;
  readonly unread: readonly UnreadLine[];
}

/** A written set, or one table as it was pasted. @throws unsupported-format, file-unreadable for what is no table */
function readAudited({ path, statistic, periods }: AuditOptions): Audited {
  const ending = fileEnding(path);
  const isWritten = writtenEndings.includes(ending);
  // Spreadsheets save a pasted table in the encoding of their country.
  const decode = (bytes: Uint8Array): string => (bytes.length === 0 ? '' : decodeText(bytes, path).text);
  const { text, bytes } = readText(path, said('file.printed'), inputRecord(), isWritten ? undefined : decode);
  if (isWritten) return { set: readTableSet(text, path), unread: [] };
  if (!pastedEndings.includes(ending))
    throw new StudyError('unsupported-format', { path, known: [...writtenEndings, ...pastedEndings] });
  const isPage = ending.startsWith('.htm') || /<table[\s>]/i.test(text);
  const pasted = readPasted(isPage ? gridOfPage(bytes, path) : gridOfText(text), statistic);
  if (pasted.regression === null && pasted.descriptives.length === 0)
    throw new StudyError('file-unreadable', { path, line: null, column: null, reason: 'no-printed-table' });
  return { set: setOfPasted(pasted, periods), unread: pasted.unread };
}

/** The first table of a web page. */
function gridOfPage(bytes: Uint8Array, path: string): readonly GridLine[] {
  const [first] = readHtml(bytes, path);
  return (first?.rows ?? []).map((cells, i) => ({ line: i + 1, cells: cells.map((cell) => cell.trim()) }));
}
