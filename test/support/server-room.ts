import { statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';

const gigabyte = 2 ** 30;
const inMemory = '/dev/shm';

/**
 * The folder for the data of servers that are thrown away: in memory where the system has such a file system and both
 * have room for a suite, because a database is some 300 files, made in 20 ms there and in 200 on a busy disk.
 */
export function serverRoom(): string {
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize > 3 * gigabyte && freemem() > 6 * gigabyte ? inMemory : tmpdir();
  } catch {
    return tmpdir();
  }
}
