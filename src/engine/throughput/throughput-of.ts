import type { MeasuredThroughput } from './measure-throughput.ts';
import { assumedRate, type Throughput } from './throughput.ts';

/**
 * What estimates may take from a measurement. How fast bytes are read from memory says nothing about a table that lies on
 * the disk: that is left out, and so assumed, unless it is slower than what is assumed.
 */
export function throughputOf(
  { rates, inMemory }: MeasuredThroughput,
  measured: NonNullable<Throughput['measured']>,
): Throughput {
  const isOfDisk = !inMemory || rates.read.bytes < assumedRate('read').bytes;
  return {
    ...(isOfDisk ? { read: rates.read.bytes } : {}),
    rewrite: rates.rewrite.bytes,
    'index-build': rates['index-build'].bytes,
    'change-rows': rates['change-rows'].bytes,
    rows: {
      read: rates.read.rows,
      rewrite: rates.rewrite.rows,
      'index-build': rates['index-build'].rows,
      'change-rows': rates['change-rows'].rows,
    },
    measured,
  };
}
