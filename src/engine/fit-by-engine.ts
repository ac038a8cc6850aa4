import type { Fit } from '../model/fit.ts';
import type { Passes } from './contract.ts';
import { instrumentedByEngine } from './instrumented-by-engine.ts';
import { leastSquaresByEngine } from './least-squares-by-engine.ts';
import { netDesign, type WantedSums } from './net-design.ts';
import type { EngineModel } from './sample.ts';

/**
 * A model fitted where the rows are: the sample laid down, effects taken out, products, corrections from the residuals, sums of the
 * scores. What comes back is a fit as in memory, but for its rows.
 * @throws the codes of `buildDesign`, `fitLeastSquares` and `fitInstrumental`, engine-refused
 */
export function* fitByEngine(model: EngineModel, wanted: WantedSums): Passes<Fit> {
  const net = yield* netDesign(model, wanted);
  return net.instruments === null
    ? yield* leastSquaresByEngine(net)
    : yield* instrumentedByEngine(net, net.instruments);
}
