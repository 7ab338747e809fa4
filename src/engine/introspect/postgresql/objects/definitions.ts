import * as z from 'zod';
import type { ColumnarQuery } from '../columnar-query.ts';
import constraintText from './constraint-definitions.sql?raw';
import generationText from './generation-definitions.sql?raw';
import indexText from './index-definitions.sql?raw';
import partitionKeyText from './partition-key-definitions.sql?raw';
import policyText from './policy-definitions.sql?raw';
import predicateText from './predicate-definitions.sql?raw';
import triggerText from './trigger-definitions.sql?raw';
import viewText from './view-definitions.sql?raw';

const row = z.object({ oid: z.number(), texts: z.array(z.string().nullable()) });

/** Reads the texts of the objects whose numbers are `$1`. */
export type DefinitionQuery = ColumnarQuery<typeof row.shape>;

const definitions = (reads: string, text: string): DefinitionQuery => ({ reads, text: () => text, row });

/** What kind of text, or of whom. */
export type DefinitionKind =
  | 'indexes'
  | 'predicates'
  | 'constraints'
  | 'views'
  | 'triggers'
  | 'policies'
  | 'generations'
  | 'partitionKeys';

/**
 * What only the server's deparsing functions can say, by the numbers of the objects in `$1`. They are most of the
 * server's work, and they wait for whoever holds an ACCESS EXCLUSIVE lock on a table that is mentioned: so they are
 * asked for nothing else.
 */
export const definitionQueries: Readonly<Record<DefinitionKind, DefinitionQuery>> = {
  /** The definition, the predicate, and the expression of each key where there is one. */
  indexes: definitions('definitions of indexes', indexText),
  /** The predicate of an index. */
  predicates: definitions('predicates of indexes', predicateText),
  constraints: definitions('definitions of constraints', constraintText),
  views: definitions('definitions of views', viewText),
  triggers: definitions('definitions of triggers', triggerText),
  /** USING and WITH CHECK. */
  policies: definitions('definitions of policies', policyText),
  /** The expressions of generated columns, by the number of the default. */
  generations: definitions('definitions of generated columns', generationText),
  partitionKeys: definitions('partition keys', partitionKeyText),
};
