/** Significance marks: `mark` is printed when p < `below`. From the strictest level to the loosest. */
export type StarStyle = readonly { readonly below: number; readonly mark: string }[];

/** 0.1, 0.05, 0.01 (Stata's esttab and most journals in economics). */
export const usualStars: StarStyle = [
  { below: 0.01, mark: '***' },
  { below: 0.05, mark: '**' },
  { below: 0.1, mark: '*' },
];

export const noStars: StarStyle = [];

/** The mark of a p-value, empty when it has none. */
export function starsOf(p: number | null, style: StarStyle): string {
  if (p === null) return '';
  return style.find((level) => p < level.below)?.mark ?? '';
}
