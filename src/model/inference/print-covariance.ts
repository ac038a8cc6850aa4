import { namesJoined } from '../../table/expression/joined-names.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import type { CovarianceRequest } from '../contract.ts';

/** A covariance in the words that `readCovariance` takes for it. */
export function printCovariance(request: CovarianceRequest): string {
  const { type, by, lag = null, kernel, time, within, spatial } = request;
  const first = spatial === undefined ? lag : spatial.cutoffKm;
  const settings = [
    ...(by.length === 0 ? [] : [by.map(printCluster).join('+')]),
    ...(first === null ? [] : [String(first)]),
    ...(within === 'unit' ? ['unit'] : []),
    ...(kernel === undefined ? [] : [`kernel=${kernel}`]),
    ...(time === undefined ? [] : [`time=${quoteName(time)}`]),
    ...(spatial === undefined ? [] : spatialSettings(spatial, lag)),
  ];
  return settings.length === 0 ? type : `${type}:${settings.join(',')}`;
}

function spatialSettings(
  { kernel, pairs, latitude, longitude }: NonNullable<CovarianceRequest['spatial']>,
  lag: number | null,
): readonly string[] {
  return [
    ...(kernel === 'uniform' ? [] : [`kernel=${kernel}`]),
    ...(lag === null || lag === 0 ? [] : [`lag=${lag}`]),
    ...(pairs === 'period' ? [] : [`pairs=${pairs}`]),
    `coords=${quoteName(latitude)}+${quoteName(longitude)}`,
  ];
}

/** A clustering variable, or several joined by `^`. */
function printCluster(name: string): string {
  return namesJoined(name).map(quoteName).join('^');
}

/** `cluster:id year` of a table without a column `id year`, but with both: clustered two ways. */
export function namesOfTable(request: CovarianceRequest, columns: readonly string[]): CovarianceRequest {
  const by = request.by.flatMap((name) => {
    const names = name.split(/\s+/);
    const isTwo = names.length > 1 && !columns.includes(name) && names.every((one) => columns.includes(one));
    return isTwo ? names : [name];
  });
  return by.length === request.by.length ? request : { ...request, by };
}
