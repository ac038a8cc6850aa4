/** Versions that the scripts were run with; a package that is pinned elsewhere may give other last digits. */
export const tried = {
  r: '4.2.2',
  python: '3.11',
  numpy: '2.4.6',
  pandas: '3.1.1',
  pyfixest: '0.60.0',
  /** The community's commands of Stata that the do-file calls. */
  stata: ['ftools', 'reghdfe', 'ivreg2', 'ranktest', 'ivreghdfe', 'boottest'],
} as const;
