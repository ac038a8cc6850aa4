/** The study file of a folder. */
export const usualName = 'study.yaml';
