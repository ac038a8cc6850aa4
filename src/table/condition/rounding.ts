/** x to so many decimals, halves away from zero, as SQL, Stata and Excel round. */
export function roundHalfAway(x: number, places = 0): number {
  const scale = 10 ** places;
  const scaled = Math.abs(x) * scale;
  const floor = Math.floor(scaled);
  const rounded = (scaled - floor >= 0.5 ? floor + 1 : floor) / scale;
  return x < 0 ? -rounded : rounded;
}

/** The nearest whole number, halves to the even one. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}
