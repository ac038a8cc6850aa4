/**
 * Files and folders that are not finished yet: what is to be gone when a command is ended before it can clear up itself. A
 * command on a thread of its own tells the thread that waits for it, which outlives it.
 */
type Listener = (path: string, isHeld: boolean) => void;

const held = new Set<string>();
let listener: Listener | null = null;

/** Holds a path that is not finished. @returns ends that, when it has its own name or is gone */
export function unfinished(path: string): () => void {
  held.add(path);
  listener?.(path, true);
  return () => {
    held.delete(path);
    listener?.(path, false);
  };
}

/** Paths that are held here, the last first. */
export function unfinishedPaths(): readonly string[] {
  return [...held].reverse();
}

/** Tells somebody else of every path from here on. */
export function tellUnfinished(to: Listener): void {
  listener = to;
}
