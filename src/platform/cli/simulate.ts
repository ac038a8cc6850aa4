import { resolve } from 'node:path';
import { openDuckdb } from '../engine/duckdb.ts';
import type { CommandContext, SimulateOptions } from './command.ts';
import { layerInputs, makeRawLayer } from './raw-layer.ts';
import { readStudy } from './read-study.ts';
import { stepClock } from './step-clock.ts';

/** `kaya simulate`: the synthetic raw layer of a study in a folder of its own. */
export async function runSimulateCommand(options: SimulateOptions, context: CommandContext): Promise<void> {
  const located = readStudy(options.study);
  const usual = located.study.data.synthetic ?? { seed: 0, scale: 1 };
  const folder = resolve(options.out);
  const engine = await openDuckdb({ threads: options.threads });
  try {
    const clock = stepClock(context);
    clock.start('simulate');
    await makeRawLayer(located, engine, {
      folder,
      seed: options.seed ?? usual.seed,
      scale: options.scale ?? usual.scale,
      inputs: await layerInputs(located),
      threads: options.threads,
      progress: context.progress,
    });
    clock.finish();
  } finally {
    engine.close();
  }
  context.print(options.out);
}
