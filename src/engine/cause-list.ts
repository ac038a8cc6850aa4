import type { LossReason } from '../model/contract.ts';

/** Reasons why rows are lost, by their number. */
export interface CauseList {
  readonly idOf: (reason: LossReason, name: string, isGap?: boolean) => number;
  readonly all: readonly { readonly reason: LossReason; readonly name: string; readonly isGap?: boolean }[];
}

export function causeList(): CauseList {
  const all: { reason: LossReason; name: string; isGap?: boolean }[] = [];
  return {
    all,
    idOf: (reason, name, isGap) => {
      const found = all.findIndex((one) => one.reason === reason && one.name === name && one.isGap === isGap);
      if (found >= 0) return found;
      return all.push({ reason, name, ...(isGap === undefined ? {} : { isGap }) }) - 1;
    },
  };
}
