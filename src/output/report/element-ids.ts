/** Elements beside tables and figures that hold what is counted from rows and estimates: on the first screen, and sections. */
export const elementIds = {
  ...{ units: 'headline-units', times: 'headline-times', observations: 'headline-observations' },
  ...{ coefficient: 'headline-coefficient', verdicts: 'verdicts', comparison: 'comparison', truth: 'truth' },
} as const;

/** Those of the numbers of the first screen, in their order. */
export const sizeIds = [elementIds.units, elementIds.times, elementIds.observations] as const;
