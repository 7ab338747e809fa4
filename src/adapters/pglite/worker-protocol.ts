import type { SqlRefusal, SqlRow } from '../../engine/ports/sql-client.ts';

/** What the worker is asked to do; it holds at most one database and answers in order. */
export type WorkerRequest =
  | {
      readonly kind: 'open';
      /** A data folder as an uncompressed tar, made by `build-image` or `dump`, or the path of one. */
      readonly image: string | Uint8Array;
      readonly extensions: readonly string[];
      readonly database: string;
      readonly code: WebAssembly.Module;
    }
  | { readonly kind: 'build-image'; readonly code: WebAssembly.Module }
  | { readonly kind: 'query'; readonly text: string; readonly parameters: readonly unknown[] }
  | { readonly kind: 'execute'; readonly script: string }
  | { readonly kind: 'observe'; readonly statement: string }
  | { readonly kind: 'dump' }
  | { readonly kind: 'close' };

/** A request with the number that its answer carries. */
export type WorkerEnvelope = { readonly id: number; readonly request: WorkerRequest };

/** What each kind of request is answered with. */
export type WorkerAnswers = {
  readonly open: null;
  readonly 'build-image': Uint8Array;
  readonly query: readonly SqlRow[];
  readonly execute: null;
  readonly observe: readonly string[];
  readonly dump: Uint8Array;
  readonly close: null;
};

/** An answer: a value, what the server said when it refused, or a failure of the engine itself. */
export type WorkerReply =
  | { readonly id: number; readonly kind: 'value'; readonly value: WorkerAnswers[keyof WorkerAnswers] }
  | { readonly id: number; readonly kind: 'refused'; readonly refusal: SqlRefusal }
  | { readonly id: number; readonly kind: 'failed'; readonly reason: string };
