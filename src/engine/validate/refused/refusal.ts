import type { SourceRange } from '../statement-source.ts';

/** Something that the server refuses on this schema, whatever rows there are. */
export type Refusal = { readonly range: SourceRange; readonly sqlstate: string; readonly reason: string };
