/**
 * What is left where nobody clears up: a file or a folder; the staged files of a folder, which stay when they were being moved; the
 * lock of a folder, by its id; a folder that was made, up to the uppermost one, as far as they are empty.
 */
export type Left =
  | { readonly kind: 'file' | 'folder' | 'stage'; readonly path: string }
  | { readonly kind: 'lock'; readonly path: string; readonly id: string }
  | { readonly kind: 'made'; readonly path: string; readonly uppermost: string };

const waiting = new Set<() => void>();
let isListening = false;
let tell: ((left: Left, isLeft: boolean) => void) | null = null;

/**
 * Has `clear` called when the process ends by itself or by a signal that the program answers, unless the function that is given
 * back was called before. `clear` must not wait: nothing asynchronous runs then.
 * @param left what `clear` would clear, for another thread when this one is ended in the middle of its work
 */
export function atExit(clear: () => void, left: Left | null = null): () => void {
  if (!isListening) {
    isListening = true;
    process.on('exit', () => {
      for (const one of [...waiting].reverse()) one();
    });
  }
  waiting.add(clear);
  if (left !== null) tell?.(left, true);
  return () => {
    waiting.delete(clear);
    if (left !== null) tell?.(left, false);
  };
}

/**
 * Makes what `clear` takes away, which is known to be cleared before it is there: a thread may be ended at any moment.
 * @returns as `atExit`
 */
export function makeCleared(make: () => void, clear: () => void, left: Left): () => void {
  const forget = atExit(clear, left);
  try {
    make();
  } catch (error) {
    forget();
    throw error;
  }
  return forget;
}

/** Tells another thread what would be left if this one were ended, from here on. */
export function tellLeft(listener: (left: Left, isLeft: boolean) => void): void {
  tell = listener;
}
