/** The bar of a scale. Pure. */

/** The roundest length (1, 2 or 5 and zeros, metres) that is not longer than `most` metres. */
export function roundLength(most: number): number {
  if (!(most > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((one) => one * power <= most) ?? 1) * power;
}
