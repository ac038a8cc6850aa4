import { StudyError } from '../../error/study-error.ts';
import type { Document } from '../../output/document/contract.ts';
import { leftOut } from '../../output/document/left-out.ts';
import { printDocument } from '../../output/document/print-document.ts';
import type { DocumentFormat } from '../../output/document/printers.ts';
import type { HouseStyle } from '../../output/format/house/contract.ts';
import { writeAtomic } from '../store/atomic-file.ts';
import type { CommandContext } from './context.ts';

/**
 * Prints a document, or writes it to the file that was asked for; what the format has no place for is said.
 * @throws output-not-writable, needs-more for bytes without a file
 */
export async function deliver(
  document: Document,
  {
    format,
    out,
    house = null,
  }: { readonly format: DocumentFormat; readonly out: string | null; readonly house?: HouseStyle | null },
  context: CommandContext,
): Promise<void> {
  const { language, progress, print, signal } = context;
  const content = await printDocument(document, format, { language, ...(house === null ? {} : { house }) });
  signal.throwIfAborted();
  if (out !== null) await writeAtomic(out, content);
  else if (typeof content === 'string') print(content);
  else throw new StudyError('needs-more', { subject: `--format ${format}`, needs: '--out FILE', example: null });
  for (const line of leftOut(document, format, language)) progress.warn(line);
}
