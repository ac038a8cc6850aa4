/** Elements of the first screen that hold estimates. */
export const elementIds = { coefficient: 'headline-coefficient', verdicts: 'verdicts' } as const;
