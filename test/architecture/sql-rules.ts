import type { SourceFile } from './tree.ts';

/** Where DuckDB's SQL is spelled. */
export const dialectFolder = 'src/platform/engine/duckdb/';
/** Another engine spells its own. */
const otherFolder = 'src/platform/engine/spark/';

/** What DuckDB reads and the engine that comes next does not, or reads as something else. */
const spellings =
  /\bCREATE (?:OR REPLACE )?(?:TEMP )?(?:TABLE|VIEW)|\b(?:TRY_)?CAST\(|::[A-Z]+\b|\b(?:VARCHAR|BIGINT|DOUBLE|HUGEINT)\b|\bFILTER\b|\bGROUP BY ALL|\bORDER BY ALL|\bEXCLUDE \(|\b(?:read_\w+|parquet_schema|duckdb_\w+|generate_series|unnest|range|arg_min|arg_max|string_agg|product|isfinite|starts_with|list_\w+)\(|\browid\b|\bCOPY \(|\b(?:ATTACH|DETACH|DESCRIBE|PRAGMA)\b|\bVALUES \(|\|\|| & \d|"/g;

/** DuckDB's own spellings in a query, each as it is written. */
export function duckdbSpellings(query: string): string[] {
  return Array.from(query.matchAll(spellings), ([found]) => found);
}

/** SQL in a source: what stands between backticks or quotes and begins like a statement or a piece of one. */
const statement =
  /(`|')((?:(?!\1)[\s\S])*?\b(?:SELECT|CREATE|COPY|ATTACH|CAST|TRY_CAST|DESCRIBE)\b(?:(?!\1)[\s\S])*)\1/g;

/** Sources that spell DuckDB's SQL, or take its dialect by name, outside of its folder. */
export function spellingOffenders(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    if (
      !path.startsWith('src/') ||
      path.startsWith(dialectFolder) ||
      path.startsWith(otherFolder) ||
      /\.test\.ts$/.test(path)
    )
      return [];
    // Comments are off, and what is filled into a text.
    const code = text.replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, '').replace(/\$\{[^{}]*\}/g, 'x');
    // A Dockerfile copies, and scripts of Python and R read files by functions of the same names.
    const isOther = path.startsWith('src/export/');
    const sql = isOther ? [] : Array.from(code.matchAll(statement), ([, , body]) => body).flatMap(duckdbSpellings);
    const own = isOther
      ? /\b(?:TRY_CAST|generate_series|arg_min|EXCLUDE)\b/g
      : /\b(?:read_csv|read_parquet|TRY_CAST|generate_series|arg_min|EXCLUDE)\b/g;
    const calls = Array.from(code.matchAll(own), ([one]) => one);
    const imports = /duckdb\/(?:dialect|functions)\.ts/.test(code) ? ['its dialect'] : [];
    return [...new Set([...sql, ...calls, ...imports])].map((what) => `${path}: ${what}`);
  });
}
