import { quoteName } from '../../table/expression/tokenize.ts';
import type { EventBinned, EventBins, EventFactor, EventRange } from './ast.ts';
import { usualReference } from './parse-event.ts';

const binWords: Readonly<Record<EventBinned, string>> = {
  both: 'bin',
  cohort: 'bin.c',
  period: 'bin.p',
  relative: 'bin.rel',
};

/** An event term as a formula writes it; what is usual is left out. */
export function printEvent({ form, cohort, period, options }: EventFactor): string {
  const { references, cohorts, leads, lags, bins, shown } = options;
  const isUsual = printRanges(references) === printRanges([usualReference]);
  const made = (['both', 'cohort', 'period', 'relative'] as const).flatMap((of) => {
    const own = bins[of];
    return own === undefined ? [] : [`${form === 'event' ? 'bin' : binWords[of]} = ${printBins(own)}`];
  });
  const parts = [
    ...(cohort === null ? [] : [quoteName(cohort)]),
    quoteName(period),
    ...(isUsual ? [] : [`${form === 'event' ? 'ref' : 'ref.p'} = ${printRanges(references)}`]),
    ...(cohorts.length === 0 ? [] : [`ref.c = ${inList(cohorts.map(printCohort))}`]),
    ...(leads === null ? [] : [`leads = ${leads}`]),
    ...(lags === null ? [] : [`lags = ${lags}`]),
    ...made,
    ...(shown === 'total' ? ['att = TRUE'] : shown === 'cells' ? ['no_agg = TRUE'] : []),
  ];
  return `${form}(${parts.join(', ')})`;
}

function printCohort(cohort: string): string {
  if (cohort !== '' && String(Number(cohort)) === cohort) return cohort;
  return cohort.includes('"') ? `'${cohort}'` : `"${cohort}"`;
}

function inList(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : `c(${texts.join(', ')})`;
}

function printRanges(ranges: readonly EventRange[]): string {
  return inList(ranges.map(printRange));
}

function printRange({ origin, from, to }: EventRange): string {
  const range = from === to ? String(from) : `${from}:${to}`;
  if (origin === 'zero') return range;
  const name = origin === 'first' ? '.F' : '.L';
  return from === 0 && to === 0 ? name : `${name} + ${range}`;
}

function printBins(bins: EventBins): string {
  if (bins.kind === 'every') {
    return `"${bins.origin === 'zero' ? '' : bins.origin === 'first' ? '!' : '!!'}bin::${bins.width}"`;
  }
  const [only, ...others] = bins.groups;
  if (only !== undefined && others.length === 0 && only.name === null) return printRanges(only.values);
  const groups = bins.groups.map(({ name, values }) => `${name === null ? '' : `"${name}" = `}${printRanges(values)}`);
  return `list(${groups.join(', ')})`;
}
