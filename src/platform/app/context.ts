import type { Language } from '../../output/format/text-key.ts';
import type { Progress } from '../../study/ports.ts';

/** What every command gets from the frame. A command returns what goes to stdout, or prints nothing. */
export interface CommandContext {
  readonly language: Language;
  readonly progress: Progress;
  /** Aborted by SIGINT and SIGTERM; a command that takes long looks at it between steps (`throwIfAborted`). */
  readonly signal: AbortSignal;
  /** Version of the program. */
  readonly version: string;
  /** Writes a result to stdout, a final newline added when missing. */
  readonly print: (text: string) => void;
}
