/** The least and the most of some numbers, however many: as arguments of a function a hundred thousand are too many. None: infinite. */
export function extremesOf(values: ArrayLike<number>): { readonly least: number; readonly most: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
