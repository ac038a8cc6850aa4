import type { Diagnostic } from '../error/diagnostic.ts';
import { StudyError } from '../error/study-error.ts';
import type { Matrix } from '../math/matrix.ts';
import { congruence, transpose, zeros } from '../math/matrix.ts';
import { withConstantRow } from '../model/estimate/constant.ts';
import { collinearDiagnostics } from '../model/estimate/fit-least-squares.ts';
import type { Fit } from '../model/fit.ts';
import type { Passes } from './contract.ts';
import { exactness } from './exact-fits.ts';
import { absorptionOf, accuracyNotes, type NetDesign, otherEffectsOf, sumsOfFit } from './net-design.ts';
import { part, type ScoreProducts, scoreGroups, scoreProducts } from './score-products.ts';
import { solveProducts } from './solve-products.ts';
import { weightedValue } from './weighted.ts';
import { wildClusters } from './wild-clusters.ts';

/** Least squares: Newton steps on the residuals. @throws collinear, too-few-rows */
export function* leastSquaresByEngine(given: NetDesign): Passes<Fit> {
  const { model, wanted, sample, design, moments, netted, net, products, floors, hasMean, printsConstant, rank } =
    given;
  const { where, dialect, panel } = model;
  const { number } = net;
  const isNetted = design.effects.length > 0;
  const groups = scoreGroups(wanted, sample);
  // Columns that scores are made of: the constant, the mean of the other effect, the regressors.
  const hasOwnConstant = design.hasConstant || printsConstant;
  const leading = [...(hasOwnConstant ? [number(1)] : []), ...(netted?.mean ? ['h'] : [])];
  const [firstGroup = null, ...otherGroups] = groups;
  const solved = yield* solveProducts(
    net,
    products,
    floors.slice(1).map(({ floor }) => floor),
    {
      nobs: sample.nobs,
      onNothing: () => new StudyError('collinear', { where, terms: design.terms, isAbsorbed: isNetted }),
      ...{ dialect, lead: leading, group: firstGroup },
    },
  );
  const terms = solved.kept.map((j) => design.terms[j] ?? '');
  const collinear = design.terms.filter((_, j) => !solved.kept.includes(j));
  const parameters = terms.length + rank + (design.hasConstant ? 1 : 0);
  if (sample.nobs <= parameters) throw new StudyError('too-few-rows', { where, nobs: sample.nobs, parameters });
  const exact = yield* exactness(design, net, products, solved, given.outcome, { hasMean });
  const sums = yield* sumsOfFit(given, solved);

  const scored = [...leading, ...solved.used];
  const found = new Map<string | null, ScoreProducts>();
  if (firstGroup !== null && solved.scores !== null) found.set(firstGroup.name, solved.scores);
  for (const group of otherGroups) {
    const scores = scored.map((column) => weightedValue(net.weight, `${column} * ${solved.residual}`));
    found.set(group.name, yield* scoreProducts({ ...net, dialect }, scores, group));
  }
  const rootWeight = Math.sqrt(given.totalWeight);
  const basis = (lead: readonly number[]): Matrix => {
    const k = solved.inverse.ncol;
    const out = zeros(lead.length + k, lead.length + k);
    lead.forEach((norm, i) => {
      out.data[i * (out.nrow + 1)] = norm > 0 ? 1 / norm : 0;
    });
    for (let j = 0; j < k; j++)
      for (let i = 0; i < k; i++)
        out.data[lead.length + i + (lead.length + j) * out.nrow] = solved.inverse.data[i + j * k] ?? 0;
    return out;
  };
  const leadCount = leading.length;
  const inBasis =
    (lead: readonly number[], from: number) =>
    (key: string | null): Matrix | null => {
      const own = found.get(key);
      if (own === undefined) return null;
      const places = Array.from({ length: scored.length - from }, (_, i) => from + i);
      return congruence(transpose(basis(lead)), part(own.products, places));
    };
  const bases = basis(design.hasConstant ? [rootWeight] : []);
  const clusters = yield* wildClusters(given, {
    columns: [...(design.hasConstant ? [number(1)] : []), ...solved.used],
    ...{ residual: solved.residual, toBasis: bases },
  });
  const gives = (products: (key: string | null) => Matrix | null): Fit['gives'] => ({
    kind: 'sums',
    sample: { kind: 'outside', where, panel, groupCount: (key) => found.get(key)?.count ?? null },
    counts: given.counts,
    totalWeight: model.weights === null ? null : given.totalWeight,
    sums: () => null,
    products,
    clusterSums: (key) => (key === wanted.wild?.by ? clusters : null),
  });
  const means = solved.kept.map((j) => moments[j + 1]?.mean ?? 0);
  const plain = { names: terms, ...{ coefficients: solved.coefficients, transform: solved.transform } };
  const own = { ...plain, projections: solved.projections };
  const row = { means, yMean: moments[0]?.mean ?? 0 };
  const weightSum = given.totalWeight;
  const withMean = design.hasConstant
    ? withConstantRow(own, { ...row, other: null }, { weightSum, otherNorm: 0 })
    : own;
  const used = [0, ...solved.kept.map((j) => j + 1)];
  const diagnostics: Diagnostic[] = [
    ...design.diagnostics,
    ...collinearDiagnostics(collinear),
    ...exact,
    ...(exact.length > 0 ? [] : accuracyNotes(given, used)),
  ];
  const fit: Fit = {
    ...{ design, nobs: sample.nobs, ...withMean, collinear, slopeCount: terms.length, absorbedRank: rank },
    ...{ isRankExact: given.isRankExact, absorption: absorptionOf(given), sums, diagnostics },
    gives: gives(design.hasConstant ? inBasis([rootWeight], 0) : inBasis([], leadCount)),
    engine: { name: dialect.id, version: '', passes: 0, step: solved.step },
  };
  if (!printsConstant) return fit;
  const mean = netted?.mean ?? null;
  if (design.effects.length >= 2 && mean === null) return { ...fit, withXtregConstant: () => null };
  const other = otherEffectsOf(given, solved.kept);
  const otherNorm = mean === null ? 0 : Math.sqrt(mean.square);
  const wider = withConstantRow(own, { ...row, other }, { weightSum, otherNorm });
  const lead = mean === null ? [rootWeight] : [rootWeight, otherNorm];
  return { ...fit, withXtregConstant: () => ({ ...fit, ...wider, gives: gives(inBasis(lead, 0)) }) };
}
