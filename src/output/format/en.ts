/** Fixed words of the program, English. */
export const en = {
  yes: 'Yes',
  no: 'No',
  synthetic: 'Synthetic data',
} as const;
