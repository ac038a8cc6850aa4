/** Where the sums of models are made; `auto`: memory, while the rows fit there. */
export const engineNames = ['auto', 'memory', 'duckdb', 'spark'] as const;

export type EngineName = (typeof engineNames)[number];
/** Those that run SQL. */
export type SqlEngineName = Exclude<EngineName, 'auto' | 'memory'>;
