import type { Left } from '../store/at-exit.ts';

/** What a command on a thread of its own is started with. */
export interface ThreadStart {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the stream that progress goes to. */
  readonly terminal: { readonly isTTY: boolean; readonly columns: number | null };
  /** Whether somebody is there to answer a question. */
  readonly asks: boolean;
}

/** What it tells the thread that waits for it. */
export type FromThread =
  | { readonly kind: 'print' | 'say'; readonly text: string }
  | { readonly kind: 'ask'; readonly question: string }
  | { readonly kind: 'left'; readonly left: Left; readonly isLeft: boolean }
  | { readonly kind: 'outside'; readonly isOutside: boolean }
  | { readonly kind: 'end'; readonly status: number };

/** What it is told. */
export type ToThread =
  | { readonly kind: 'stop'; readonly signal: string }
  | { readonly kind: 'answer'; readonly text: string };
