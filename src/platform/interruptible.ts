/** Work outside of JavaScript that can be told to end: queries of an engine. */
const running = new Set<() => void>();
let tell: ((isOutside: boolean) => void) | null = null;

/** Holds what ends a piece of work, until that is over. @returns lets go of it */
export function interruptible(stop: () => void): () => void {
  running.add(stop);
  tell?.(true);
  return () => {
    running.delete(stop);
    tell?.(running.size > 0);
  };
}

/** Tells all of it to end. */
export function interruptAll(): void {
  for (const stop of running) stop();
}

/** Tells another thread whether there is such work, from here on. */
export function tellOutside(listener: (isOutside: boolean) => void): void {
  tell = listener;
}
