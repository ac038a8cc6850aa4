// What benchmarks print of their times, and of the machine that they ran on.
import { availableParallelism, cpus, loadavg } from 'node:os';

/** Four significant digits. */
export const round = (value) => Number(value.toPrecision(4));

/** The least, the median and the most of some times, and how many there are. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    min: round(sorted[0]),
    median: round(sorted[sorted.length >> 1]),
    max: round(sorted.at(-1)),
    runs: values.length,
  };
}

export const machine = () => ({
  processor: cpus()[0].model,
  threads: availableParallelism(),
  load: round(loadavg()[0]),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
});
