import { runKaya } from '../run-kaya.ts';

/** What a command line said. */
export interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process, with nothing of the machine's environment. */
export async function runInside(
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Said> {
  const said = { out: '', err: '' };
  const status = await runKaya(argv, {
    print: (text) => {
      said.out += text;
    },
    stderr: { write: (text) => (said.err += text) },
    environment,
    signal,
  });
  return { status, ...said };
}
