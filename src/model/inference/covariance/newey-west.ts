import { serialMethod, unitSeries } from './serial.ts';

/**
 * V = c (X'X)^-1 [ sum_i s_i s_i' + sum over pairs of rows of one unit, l <= L periods apart, of
 * (1 - l/(L+1)) (s_i s_j' + s_j s_i') ] (X'X)^-1 (Newey and West 1987; by unit as in fixest's NW and plm's vcovNW), or with
 * another kernel's weights; made non-negative where those do not keep it so.
 * Lags go by the value of time. With `time=NAME` and no panel the rows are one time series.
 */
export const neweyWest = serialMethod({
  id: 'nw',
  aliases: ['newey-west', 'neweywest', 'hac'],
  usage: 'nw, nw:L, nw:L,time=NAME, nw:L,kernel=NAME',
  errors: 'series',
  joint: 'distinct-rows',
  columnsNeeded: (request, panel) =>
    request.time !== undefined ? [request.time] : panel ? [panel.unit, panel.time] : [],
  laidOut: unitSeries,
});
