import { type Command, Option } from 'commander';
import { engineNames, type SqlEngineName } from '../../engine/engine-names.ts';
import { said } from '../../error/said.ts';
import type { EngineAsk, EngineOptions } from '../app/engine-run.ts';
import { withoutSecrets } from '../engine/spark/address.ts';
import type { ReadingOptions } from './reading-options.ts';
import { badOption } from './usage.ts';
import { oneOf } from './values.ts';

export function withEngine(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--engine <NAME>',
        'where sums are made: memory, duckdb (out of core), spark (a server), auto (default: memory while it fits)',
      ).argParser(oneOf('--engine', engineNames)),
    )
    .option('--memory <SIZE>', 'memory that the engine may take before it goes to disk: 4G (default: 2G)', memorySize)
    .option('--spark <ADDRESS>', 'server of --engine spark: sc://host:15002/;use_ssl=true (default: $SPARK_REMOTE)');
}

/** `4G` as the engine has it. @throws bad-option */
function memorySize(written: string): string {
  const match = /^(\d+(?:\.\d+)?)\s*([MGT])i?B?$/i.exec(written.trim());
  if (match === null || !(Number(match[1]) > 0)) throw badOption('--memory', written, said('expected.memory_size'));
  return `${match[1]}${(match[2] ?? '').toUpperCase()}B`;
}

/** @throws bad-option for a server without its engine */
export function engineOptions({ engine, memory, spark }: EngineOptions): EngineOptions {
  if (spark != null && engine !== 'spark')
    throw badOption('--spark', withoutSecrets(spark), said('expected.with_spark'));
  if (memory != null && engine === 'spark') throw badOption('--memory', memory, said('expected.not_with_spark'));
  return {
    ...(engine === undefined ? {} : { engine }),
    ...(memory === undefined ? {} : { memory }),
    ...(spark === undefined ? {} : { spark }),
  };
}

/** How an engine reads the data of a command. */
export function engineAsk(
  {
    data,
    threads,
    memory = null,
    spark = null,
    text = [],
    number = [],
    missing = [],
  }: ReadingOptions & EngineOptions & { readonly data: string; readonly threads: number | null },
  engine: SqlEngineName,
  onRead: EngineAsk['onRead'],
): EngineAsk {
  const rules = { text, number, missing: missing.map((mark) => mark.trim()) };
  return { engine, data, threads, memory, spark, onRead, rules };
}
