import { type FaultChoice, tableFaultKinds } from '../../domain/china/synthetic/faults/contract.ts';
import { said } from '../../error/said.ts';
import type { CommandContext } from '../app/context.ts';
import { layerInputs, makeRawLayer } from '../app/raw-layer.ts';
import { readRawStudy } from '../app/read-study.ts';
import { stepClock } from '../app/step-clock.ts';
import type { SimulateOptions } from './command.ts';
import { badOption, needsMore, refusal } from './usage.ts';
import { names } from './values.ts';

/** `kaya simulate`: the synthetic raw layer of a study in a folder of its own. */
export async function runSimulateCommand(options: SimulateOptions, context: CommandContext): Promise<void> {
  const located = readRawStudy(options.study);
  const usual = located.study.data.synthetic ?? { seed: 0, scale: 1, sampling: false, faults: 'none' as const };
  const seed = options.seed ?? usual.seed;
  const scale = options.scale ?? usual.scale;
  const sampling = options.sampling ?? usual.sampling;
  const faults = options.faults === null ? null : faultChoice(options.faults);
  if (options.score) {
    const { runScore } = await import('./score-layer.ts');
    const { out, threads, hold } = options;
    const format = options.format ?? 'text';
    await runScore(located, { out, seed, scale, sampling, faults: faults ?? 'all', threads, format, hold }, context);
    return;
  }
  if (options.format !== null) throw badOption('--format', options.format, said('expected.score'));
  if (options.out === null) throw needsMore('kaya simulate', '--out DIR', 'kaya simulate STUDY --out DIR');
  const clock = stepClock(context);
  clock.start('simulate');
  const settings = { seed, scale, sampling, faults: faults ?? usual.faults, inputs: await layerInputs(located) };
  const { threads, hold } = options;
  await makeRawLayer(located, { ...settings, folder: options.out, option: '--out', threads, hold }, context);
  clock.finish();
  context.print(options.out);
}

/** none, usual, all, or kinds of faults between commas. */
function faultChoice(value: string): FaultChoice {
  const whole = (['none', 'usual', 'all'] as const).find((known) => known === value);
  if (whole !== undefined) return whole;
  const kinds = names(value).map((name) => {
    const kind = tableFaultKinds.find((known) => known === name);
    if (kind === undefined) throw refusal('--faults', name, ['none', 'usual', 'all', ...tableFaultKinds]);
    return kind;
  });
  if (kinds.length === 0) throw refusal('--faults', value, ['none', 'usual', 'all', ...tableFaultKinds]);
  return kinds;
}
