/** Work outside of JavaScript that can be told to end: queries of an engine. */
const running = new Set<() => void>();

/** Holds what ends a piece of work, until that is over. @returns lets go of it */
export function interruptible(stop: () => void): () => void {
  running.add(stop);
  return () => running.delete(stop);
}

/** Tells all of it to end. */
export function interruptAll(): void {
  for (const stop of running) stop();
}
