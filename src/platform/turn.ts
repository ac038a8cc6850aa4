/**
 * Lets signals and the terminal have their turn between two pieces of long work.
 * @throws interrupted, when the signal has come
 */
export async function turn(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}
