import { curveReplicates } from './curve/joint-test.ts';
import { familyReplicates } from './family/wild-draws.ts';
import { mediationReplicates } from './mediation/draws.ts';
import { permutationReplicates } from './permutation/permuted-fits.ts';
import { dummyDateReplicates, eventDateReplicates } from './placebo/random-dates.ts';

/** The kinds of replicates of what comes after a fit. */
export const afterReplicates = [
  mediationReplicates,
  curveReplicates,
  permutationReplicates,
  dummyDateReplicates,
  eventDateReplicates,
  familyReplicates,
] as const;
