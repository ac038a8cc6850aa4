import type { Language } from '../../output/format/text-key.ts';
import type { Progress } from '../../study/ports.ts';

/** The outside of the program; tests give their own. */
export interface Outside {
  readonly print: (text: string) => void;
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Asks whoever sits at the terminal; left out where nobody does. */
  readonly ask?: (question: string) => Promise<string>;
  /** Runs a command line where it can be ended in the middle of its work; left out: here. */
  readonly apart?: RunCommand;
}

/** Runs one command line of the program; gives its exit status. */
export type RunCommand = (argv: readonly string[], outside: Outside) => Promise<number>;

/** What every command gets from the frame. A command returns what goes to stdout, or prints nothing. */
export interface CommandContext {
  readonly language: Language;
  readonly progress: Progress;
  /** Aborted by SIGINT and SIGTERM; a command that takes long looks at it between steps (`throwIfAborted`). */
  readonly signal: AbortSignal;
  /** Version of the program. */
  readonly version: string;
  /** The command line, as others are told who is at a folder; left out: the program as a library. */
  readonly command?: string;
  /** Writes a result to stdout, a final newline added when missing. */
  readonly print: (text: string) => void;
  /** Asks a person and gives the answer; left out where nobody is there to answer. */
  readonly ask?: (question: string) => Promise<string>;
}
