/** A program that runs beside the page, so that the page never stands still. */
export interface Beside<Ask> {
  readonly ask: (message: Ask, moved?: readonly Transferable[]) => void;
  /** Ends it at once, whatever it is doing; what is asked afterwards starts it anew. */
  readonly stop: () => void;
}

/**
 * Starts a program beside the page from its code, which the page holds: nothing is asked of the network.
 * @param code a script that stands by itself
 * @param onTold each message that it sends
 * @param onFault what went wrong in it that it did not tell itself
 */
export function startBeside<Ask, Told>(
  code: string | Blob,
  onTold: (message: Told) => void,
  onFault: (reason: string) => void,
): Beside<Ask> {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  let running: Worker | null = null;
  const start = (): Worker => {
    const worker = new Worker(address);
    worker.onmessage = ({ data }: MessageEvent<Told>) => onTold(data);
    worker.onerror = (event) => {
      event.preventDefault();
      onFault(event.message);
    };
    return worker;
  };
  return {
    ask: (message, moved = []) => {
      running ??= start();
      running.postMessage(message, [...moved]);
    },
    stop: () => {
      running?.terminate();
      running = null;
    },
  };
}

/** What a program beside a page has of its own world. */
interface WorkerScope {
  postMessage: (message: unknown, moved?: readonly Transferable[]) => void;
  addEventListener: (kind: 'message', listener: (event: MessageEvent) => void) => void;
}

/** The same from within: listens to what the page asks, and tells it something. */
export function besidePage<Ask, Told>(
  onAsk: (message: Ask) => void,
): (message: Told, moved?: readonly Transferable[]) => void {
  const scope = globalThis as unknown as WorkerScope; // a worker's own scope, which the types of pages do not know
  scope.addEventListener('message', ({ data }) => onAsk(data as Ask)); // sent by our own page, which has the same type
  return (message, moved = []) => scope.postMessage(message, moved);
}
