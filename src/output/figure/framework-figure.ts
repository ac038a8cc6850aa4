import type { Text } from '../table/contract.ts';
import type { FrameworkClaim, FrameworkFigure } from './contract.ts';

/** A claim with the path that it is about. */
export interface ClaimOnPath {
  readonly claim: FrameworkClaim;
  readonly from: string;
  readonly to: string;
  readonly via: readonly string[];
  readonly moderator: string | null;
  readonly threshold: string | null;
  /** The threshold that was found; null: none. */
  readonly place: number | null;
}

export interface FrameworkSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly claims: readonly ClaimOnPath[];
  readonly nameOf: (variable: string) => Text;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

type Pair = FrameworkFigure['pairs'][number];

/**
 * Claims by the arrows that they are about. A claim on the way to a mediator of another claim, or from there on, stands on that way; every
 * other pair of variables has an arrow of its own. In the order of the claims.
 */
export function frameworkFigure({ claims, nameOf, ...head }: FrameworkSpec): FrameworkFigure {
  const mediated = claims.filter(({ via }) => via.length > 0);
  const onWayTo = (one: ClaimOnPath): boolean =>
    isStraight(one) && mediated.some(({ from, via }) => one.from === from && via.includes(one.to));
  const onWayFrom = (one: ClaimOnPath): boolean =>
    isStraight(one) && mediated.some(({ to, via }) => one.to === to && via.includes(one.from));
  const owning = claims.filter((one) => !onWayTo(one) && !onWayFrom(one));
  const keys = [...new Set(owning.map(({ from, to }) => JSON.stringify([from, to])))];
  const pairs = keys.map((key): Pair => {
    const own = owning.filter(({ from, to }) => JSON.stringify([from, to]) === key);
    const [{ from = '', to = '' } = {}] = own;
    const mediators = [...new Set(own.flatMap(({ via }) => via))];
    const conditions = [...new Set(own.flatMap((one) => conditionKey(one) ?? []))];
    return {
      from: nameOf(from),
      to: nameOf(to),
      claims: own.filter(isStraight).map(({ claim }) => claim),
      mediators: mediators.map((mediator) => ({
        label: nameOf(mediator),
        first: claims
          .filter((one) => (own.includes(one) && one.via.includes(mediator)) || isFor(one, from, mediator))
          .map(({ claim }) => claim),
        second: claims.filter((one) => isFor(one, mediator, to)).map(({ claim }) => claim),
      })),
      conditions: conditions.flatMap((condition) => {
        const these = own.filter((one) => conditionKey(one) === condition);
        const [first] = these;
        if (first === undefined) return [];
        const { moderator, threshold, place } = first;
        return [
          {
            role: threshold === null ? ('moderator' as const) : ('threshold' as const),
            label: nameOf(threshold ?? moderator ?? ''),
            place,
            claims: these.map(({ claim }) => claim),
          },
        ];
      }),
    };
  });
  return { kind: 'framework', ...head, pairs };
}

function isStraight({ via, moderator, threshold }: ClaimOnPath): boolean {
  return via.length === 0 && moderator === null && threshold === null;
}

function isFor(one: ClaimOnPath, from: string, to: string): boolean {
  return isStraight(one) && one.from === from && one.to === to;
}

function conditionKey({ moderator, threshold }: ClaimOnPath): string | null {
  if (threshold !== null) return `threshold ${threshold}`;
  return moderator === null ? null : `moderator ${moderator}`;
}
