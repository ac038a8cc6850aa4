/**
 * What a trial is. A trial repeats one promise of docs/reliability.md with inputs that nobody chose: each try draws its own
 * from a seed, so that a failure is repeated by `npm run torture -- --only NAME --seed SEED --from TRY --tries 1`.
 *
 * @typedef {object} Trial
 * @property {string} name         the word of `--only`; the file's name
 * @property {string} promise      one sentence: what holds when no try fails
 * @property {string} unit         what is counted: "kills", "formulas"
 * @property {number} goal         tries of a long run
 * @property {(tools: Tools) => (Promise<void> | void)} [prepare]  once, before the first try; throws Skip where the machine cannot
 * @property {(tools: Tools) => Promise<Outcome> | Outcome} attempt  one try, or one batch of tries
 * @property {(tools: Tools) => (Promise<void> | void)} [finish]   once, after the last try, also after a failure
 *
 * @typedef {void | string | Batch} Outcome  nothing: it held; a text: what failed; a batch: how many tries and what failed in them
 * @typedef {{ tries: number, failures: string[], codes?: Record<string, number> }} Batch
 *   `tries`: 0 where the try came to nothing; `codes`: command lines by exit status, where both done and refused ones must be met
 *
 * @typedef {object} Tools
 * @property {number} index        the number of this try, from 0
 * @property {() => number} random uniform on [0, 1), from the seed, the trial's name and the number of the try
 * @property {(below: number) => number} whole  uniform on 0 … below-1
 * @property {<T>(list: readonly T[]) => T} pick  one of a list
 * @property {string} shared       a folder that lasts for the whole trial, empty at its start
 * @property {string} folder       an empty folder of this try, removed after it
 * @property {string} root         the repository
 * @property {string[]} program    node and the program: what a shell would start
 * @property {(args: string[], options?: RunOptions) => Promise<Run>} kaya  runs the program to its end
 *
 * @typedef {{ cwd?: string, env?: Record<string, string | undefined>, input?: string | Buffer, seconds?: number }} RunOptions
 *   `seconds`: after them, without those that it waited for a processor, the program and its children are killed and `late` is true
 *   (180 unless told)
 * @typedef {{ code: number | null, signal: string | null, stdout: string, stderr: string, seconds: number, late: boolean }} Run
 */

/** A trial that this machine cannot make, with the reason. */
export class Skip extends Error {}

/**
 * What is wrong with a run whatever was asked for: no end, a signal's death, a fault of ours (exit 3), a stack trace.
 *
 * @param {Run} run
 * @returns {string | undefined} the fault, or nothing
 */
export function faultOf(run) {
  if (run.late) return `no end after ${run.seconds.toFixed(0)} s`;
  if (run.signal !== null) return `died of ${run.signal}: ${run.stderr.slice(-300)}`;
  if (run.code !== 0 && run.code !== 1 && run.code !== 2) return `exit ${run.code}: ${run.stderr.slice(-300)}`;
  const unsaid = /\[object \w+\]|\[Function/.exec(run.stderr);
  if (unsaid !== null) return `"${unsaid[0]}" in a sentence: ${run.stderr.slice(-300)}`;
  const trace = /^\s+at .+:\d+:\d+\)?$/m.exec(`${run.stdout}\n${run.stderr}`);
  if (trace !== null) return `a stack trace: ${trace[0].trim()}`;
  if (run.code !== 0 && run.stderr.trim() === '') return `exit ${run.code} without a word`;
  return undefined;
}
