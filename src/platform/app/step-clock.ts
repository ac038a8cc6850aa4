import { formatText } from '../../output/format/format-text.ts';
import type { TextKey } from '../../output/format/text-key.ts';
import type { PhraseValue, Text } from '../../output/table/contract.ts';
import { turn } from '../turn.ts';
import type { CommandContext } from './context.ts';

export type StepId = 'simulate' | 'raw' | 'results' | 'panel' | 'models' | 'tables' | 'report' | 'write';

/** Steps of a command with their wall times, shown as they go. */
export interface StepClock {
  /** Ends the step before and starts this one; stops here when the command was interrupted. */
  start(id: StepId): void;
  /** Ends the last step. */
  finish(summary?: TextKey, values?: Readonly<Record<string, PhraseValue>>): void;
  detail(text: Text): void;
  /** Between two pieces of a step; stops here when the command was interrupted. */
  turn(): Promise<void>;
  readonly steps: readonly { readonly id: StepId; readonly seconds: number; readonly at: string }[];
}

export function stepClock(context: CommandContext): StepClock {
  const { language, progress, signal } = context;
  const steps: { id: StepId; seconds: number; at: string }[] = [];
  let current: { id: StepId; since: number; at: string } | null = null;
  const end = (): void => {
    if (current === null) return;
    steps.push({ id: current.id, seconds: Math.round(performance.now() - current.since) / 1000, at: current.at });
    current = null;
  };
  return {
    steps,
    start: (id) => {
      end();
      signal.throwIfAborted();
      current = { id, since: performance.now(), at: new Date().toISOString() };
      progress.step(id, formatText({ key: `step.${id}` }, language));
    },
    finish: (summary, values = {}) => {
      end();
      progress.done(summary === undefined ? undefined : formatText({ key: summary, values }, language));
    },
    detail: (text) => {
      signal.throwIfAborted();
      progress.detail(formatText(text, language));
    },
    turn: () => turn(signal),
  };
}
