import { periodSeries, serialMethod } from './serial.ts';

/**
 * V = c (X'X)^-1 [ sum_t h_t h_t' + sum_l (1 - l/(L+1)) sum_t (h_t h_t-l' + h_t-l h_t') ] (X'X)^-1, h_t = sum of the scores of
 * period t (Driscoll and Kraay 1998; Hoechle 2007 for unbalanced panels); other kernels as in Newey and West's. Lags go by the value of time.
 */
export const driscollKraay = serialMethod({
  id: 'dk',
  aliases: ['driscoll-kraay', 'scc', 'dkraay', 'xtscc'],
  usage: 'dk, dk:L, dk:L,time=NAME, dk:L,kernel=NAME',
  errors: 'periods',
  joint: 'always',
  columnsNeeded: (request, panel) => (request.time !== undefined ? [request.time] : panel ? [panel.time] : []),
  laidOut: periodSeries,
});
