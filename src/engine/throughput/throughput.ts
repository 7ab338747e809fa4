import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import { bytesSchema } from '../sql/quantity.ts';

/** The kinds of work that take as long as a table is large. */
export const works = ['read', 'rewrite', 'index-build', 'change-rows'] as const;
export type Work = (typeof works)[number];

const bytesRate = bytesSchema.refine((bytes) => bytes > 0, { message: 'must be more than nothing' }).optional();
const rowsRate = z.number().positive({ message: 'must be more than nothing' }).optional();

/**
 * What a server gets done of each kind of work in a second, in bytes of a table and in narrow rows; what is absent is
 * assumed. `measured` says where and on which day somebody measured it.
 */
export const throughputSchema = z.strictObject({
  read: bytesRate,
  rewrite: bytesRate,
  'index-build': bytesRate,
  'change-rows': bytesRate,
  rows: z
    .strictObject({ read: rowsRate, rewrite: rowsRate, 'index-build': rowsRate, 'change-rows': rowsRate })
    .optional(),
  measured: z
    .strictObject({
      on: z.string().min(1),
      at: z.iso.date({ message: 'write a day such as 2026-03-18' }),
    })
    .optional(),
});
export type Throughput = DeepReadonly<z.infer<typeof throughputSchema>>;

/** Bytes and narrow rows per second. */
export type Rate = { readonly bytes: number; readonly rows: number };

const megabyte = 1024 ** 2;

/**
 * An ordinary server with its data on a solid-state disk, on the slow side: a table is rewritten with its indexes and its
 * write-ahead log, and beside other work.
 */
const assumed: Readonly<Record<Work, Rate>> = {
  read: { bytes: 200 * megabyte, rows: 2_000_000 },
  rewrite: { bytes: 40 * megabyte, rows: 150_000 },
  'index-build': { bytes: 100 * megabyte, rows: 500_000 },
  'change-rows': { bytes: 20 * megabyte, rows: 50_000 },
};

/** The rate that holds when nobody says how fast the server is. */
export const assumedRate = (work: Work): Rate => assumed[work];

/**
 * The rate of one kind of work, and in words where it comes from. Rows of which nothing is said are as much faster or
 * slower than is assumed as the bytes are.
 */
export function rateOf(work: Work, throughput: Throughput): Rate & { readonly source: string } {
  const { rows: givenRows, measured } = throughput;
  const usual = assumed[work];
  const bytes = throughput[work];
  const rows = givenRows?.[work];
  const rate = { bytes: bytes ?? usual.bytes, rows: rows ?? (usual.rows * (bytes ?? usual.bytes)) / usual.bytes };
  if (bytes === undefined && rows === undefined) return { ...rate, source: 'assumed' };
  return { ...rate, source: measured === undefined ? 'given' : `measured on ${measured.on} on ${measured.at}` };
}
