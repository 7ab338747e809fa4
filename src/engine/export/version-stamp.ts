/** The version in a migration's file name: an ISO 8601 time as `YYYYMMDDHHMMSS` in UTC. */
export function versionStamp(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) throw new Error(`not a time: ${at}`);
  return time.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
}
