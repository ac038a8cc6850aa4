/** c(F) at 5 % by sqrt(F) = 2.0, 2.1, …, 10.3 (Lee, McCrary, Moreira and Porter 2022, table 3). */
const critical = [
  18.66, 9.74, 7.37, 6.18, 5.43, 4.92, 4.54, 4.25, 4.01, 3.82, 3.65, 3.51, 3.39, 3.29, 3.19, 3.11, 3.03, 2.97, 2.91,
  2.85, 2.8, 2.75, 2.71, 2.67, 2.63, 2.6, 2.57, 2.54, 2.51, 2.48, 2.46, 2.43, 2.41, 2.39, 2.37, 2.35, 2.33, 2.32, 2.3,
  2.29, 2.27, 2.26, 2.24, 2.23, 2.22, 2.21, 2.2, 2.19, 2.17, 2.16, 2.16, 2.15, 2.14, 2.13, 2.12, 2.11, 2.1, 2.1, 2.09,
  2.08, 2.08, 2.07, 2.06, 2.06, 2.05, 2.04, 2.04, 2.03, 2.03, 2.02, 2.02, 2.01, 2.01, 2, 2, 1.99, 1.99, 1.99, 1.98,
  1.98, 1.97, 1.97, 1.97, 1.96,
];

/**
 * The critical value of |t| that keeps a 5 % test at 5 % for one instrument and one endogenous regressor, given the
 * first-stage F under the same covariance; linear in sqrt(F) between the printed values.
 * @returns null at F <= 4 (less than 3.84 no t is large enough; the table starts at 4), 1.96 from F = 106.09 on.
 */
export function tfCritical(f: number): number | null {
  const place = (Math.sqrt(f) - 2) * 10;
  if (!(place >= 0)) return null;
  if (place >= critical.length - 1) return 1.96;
  const at = Math.floor(place);
  return critical[at] + (place - at) * (critical[at + 1] - critical[at]);
}
