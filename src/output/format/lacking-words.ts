import type { LackingMeasure } from '../../error/lacking-measure.ts';
import type { Text } from '../table/contract.ts';

/** What a measure lacks, then the headers that were passed over and are near. */
export function lackingWords(lacking: LackingMeasure): readonly Text[] {
  const { near } = lacking;
  // Braces of an entry of YAML are no places of values.
  const braces = { open: '{', close: '}' };
  return [
    lackWords(lacking),
    ...near.map(({ header, file, known, series }): Text => {
      return { key: 'lacking.near', values: { header, file, known, series, ...braces } };
    }),
  ];
}

function lackWords({ variable, formula, missing_tables, missing_series, years }: LackingMeasure): Text {
  const about = { variable, formula };
  if (missing_tables.length > 0) {
    return { key: 'lacking.files', values: { ...about, folders: missing_tables.map((kind) => `${kind}/`).join(', ') } };
  }
  if (missing_series.length > 0) {
    const series = missing_series.map(({ series, header }) => (series === header ? series : `${header} (${series})`));
    return { key: 'lacking.series', values: { ...about, series: series.join(', ') } };
  }
  if (years === null || years.read[0] > years.read[1]) return { key: 'lacking.no_years', values: about };
  const [first, last] = years.read;
  const [from, to] = years.panel;
  return {
    key: 'lacking.years',
    values: { ...about, first: String(first), last: String(last), from: String(from), to: String(to) },
  };
}
