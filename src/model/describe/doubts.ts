import type { Diagnostic } from '../../error/diagnostic.ts';

/** Why a number of a table does not exist. */
export type DoubtReason =
  | 'constant'
  | 'few-rows'
  | 'no-rows'
  | 'one-row'
  | 'one-cluster'
  | 'one-value'
  | 'no-spread'
  | 'no-error';

/** Collects why numbers are missing, by reason, each name once. */
export interface Doubts {
  readonly add: (reason: DoubtReason, name: string) => void;
  readonly told: () => readonly Diagnostic[];
}

export function doubtsOf(): Doubts {
  const names = new Map<DoubtReason, Set<string>>();
  return {
    add: (reason, name) => {
      names.set(reason, (names.get(reason) ?? new Set()).add(name));
    },
    told: () =>
      [...names].map(([reason, of]) => ({
        code: 'comparison-undefined',
        severity: 'warning',
        detail: { reason, names: [...of] },
      })),
  };
}
