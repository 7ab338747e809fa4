/** Where the engine reads time, so that results can be reproduced. */
export interface Clock {
  /** Wall-clock time as an ISO 8601 string in UTC. */
  now(): string;
  /** Milliseconds from a monotonic clock; only differences mean anything. */
  elapsed(): number;
}
