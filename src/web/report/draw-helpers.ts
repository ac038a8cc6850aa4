import type { ReplicateJob } from '../../model/replicate/contract.ts';
import { startBeside } from '../browser/beside.ts';
import { conversation } from '../browser/conversation.ts';
import type { Ask, Told } from './messages.ts';
import type { DrawHelper } from './pace.ts';

/** More gain little: what is drawn at a time gets short. */
const mostHelpers = 7;

/**
 * Other programs of the same code, one for each processor beside this one's, that draw for it. They end with it.
 * @param code of them: a program may not begin another from the address of its own
 */
export function drawHelpers(code: Blob): Set<DrawHelper> {
  const count = typeof Worker === 'function' ? Math.min(mostHelpers, navigator.hardwareConcurrency - 1) : 0;
  const helpers = new Set<DrawHelper>();
  for (let i = 0; i < count; i++) {
    const helper = helperOf(code, () => helpers.delete(helper));
    helpers.add(helper);
  }
  return helpers;
}

type Question = Omit<Extract<Ask, { kind: 'draw' }>, 'id'>;

/** @param onFault it cannot be begun: a browser may forbid it */
function helperOf(code: Blob, onFault: () => void): DrawHelper {
  const program = conversation<Question, Float64Array>((answered, _, failed) =>
    startBeside<Ask, Told>(
      code,
      (told) => {
        if (told.kind === 'drawn') answered(told.id, told.statistics);
      },
      failed,
    ),
  );
  let known: ReplicateJob | null = null;
  // It reads its code before anybody waits for it.
  program.ask({ kind: 'draw', job: null, range: { first: 0, end: 0 } }).catch(onFault);
  return (job, range) => {
    const own = job === known ? null : job;
    known = job;
    return program.ask({ kind: 'draw', job: own, range });
  };
}
