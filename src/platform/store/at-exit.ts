const waiting = new Set<() => void>();
let isListening = false;

/**
 * Has `clear` called when the process ends by itself or by a signal that the program answers, unless the function that is given
 * back was called before. `clear` must not wait: nothing asynchronous runs then.
 */
export function atExit(clear: () => void): () => void {
  if (!isListening) {
    isListening = true;
    process.on('exit', () => {
      for (const one of [...waiting].reverse()) one();
    });
  }
  waiting.add(clear);
  return () => {
    waiting.delete(clear);
  };
}
