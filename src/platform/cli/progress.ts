import { displayWidth } from '../../output/document/table/display-width.ts';
import { formatFixed } from '../../output/format/format-number.ts';
import { terminalStyle } from '../../output/format/number-style.ts';
import { visibleText } from '../../output/format/visible-text.ts';
import type { Progress } from '../../study/ports.ts';

export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Progress that can be cut short. */
export interface StoppableProgress extends Progress {
  /** Takes away a live line, so that an error starts on a line of its own. */
  stop(): void;
}

/**
 * The steps of a command with their times: one live line on a terminal, one plain line a finished step elsewhere.
 * @param now clock in milliseconds
 */
export function createProgress(stream: ProgressStream, now: () => number = () => performance.now()): StoppableProgress {
  const isLive = stream.isTTY === true;
  let step: { label: string; since: number } | null = null;

  const clear = (): void => {
    if (isLive && step !== null) stream.write('\r\u001b[2K');
  };
  const show = (text: string): void => {
    if (isLive) stream.write(cut(`- ${text}`, (stream.columns ?? 80) - 1));
  };
  const done = (summary?: string): void => {
    if (step === null) return;
    const seconds = formatFixed((now() - step.since) / 1000, 1, terminalStyle);
    clear();
    stream.write(`${step.label}${summary === undefined ? '' : `: ${summary}`} (${seconds} s)\n`);
    step = null;
  };
  return {
    step: (_id, written) => {
      done();
      const label = visibleText(written);
      step = { label, since: now() };
      show(label);
    },
    detail: (text) => {
      if (step === null) return;
      clear();
      show(`${step.label}: ${visibleText(text)}`);
    },
    done,
    warn: (text) => {
      clear();
      stream.write(`! ${visibleText(text)}\n`);
      if (step !== null) show(step.label);
    },
    stop: () => {
      clear();
      step = null;
    },
  };
}

/** At most `width` columns of a terminal. */
function cut(text: string, width: number): string {
  let out = '';
  for (const character of text) {
    if (displayWidth(out + character) > width) return out;
    out += character;
  }
  return out;
}
