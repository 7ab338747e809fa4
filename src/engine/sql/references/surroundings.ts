import type { Node } from '@pgsql/types';
import type { Catalog, ObjectName } from '../../catalog/catalog.ts';
import type { CatalogLookup } from '../catalog-lookup.ts';
import type { Scope, TypedColumn } from './scope.ts';
import type { Types } from './types.ts';

/**
 * One use of a table or view in a query. `column` is null where the relation itself is named, and `*` where all its
 * columns are used without being named, as by `SELECT *` or an `INSERT` without a list.
 */
export type Reference = {
  readonly relation: ObjectName;
  readonly column: string | null;
  /** The UTF-8 byte of the text at which it stands; null where the parse tree does not say. */
  readonly location: number | null;
};

/** What the server has against a query on a schema, as far as it can be told without running it. */
export type QueryFault = {
  readonly kind:
    | 'relation'
    | 'column'
    | 'ambiguous column'
    | 'type'
    | 'function'
    | 'operator'
    | 'value'
    | 'target'
    | 'constraint'
    | 'shape';
  readonly sqlstate: string;
  /** A clause in the server's manner, such as `column nick does not exist`. */
  readonly reason: string;
  /** The word of the query that it is about; empty where it is about no single one. */
  readonly name: string;
  readonly schema: string | null;
  /** The relation that does not have the column; null when it was not said whose it is. */
  readonly relation: ObjectName | null;
  /** The UTF-8 byte of the text at or before the word; null where the parse tree does not say. */
  readonly location: number | null;
};

/** What names in a query stand for. */
export type ReferenceContext = {
  readonly catalog: Catalog;
  readonly searchPath: readonly string[];
  /** Names that are rows of a table without a FROM, such as NEW and OLD in the function of a trigger. */
  readonly records?: ReadonlyMap<string, readonly ObjectName[]>;
  /** Names that stand for values without being columns: parameters and variables of a routine, and its own name. */
  readonly variables?: ReadonlySet<string>;
  /** True where a name that is a variable and a column is an error, as in PL/pgSQL; else it is the column. */
  readonly variablesConflict?: boolean;
  /** Relations whose columns the catalog does not tell for certain. */
  readonly isUnsure?: (relation: ObjectName) => boolean;
  /** Why a value of a type, or the text of a constant, cannot be assigned to a type; null where nothing is known to be wrong. */
  readonly refuses?: (value: { readonly type: string } | { readonly text: string }, to: string) => string | null;
};

/** What all parts of the reading of one query share. */
export type Surroundings = {
  readonly context: ReferenceContext;
  readonly lookup: CatalogLookup;
  readonly types: Types;
  readonly use: (relation: ObjectName | null, column: string | null, location: number | undefined) => void;
  readonly fault: (
    fault: Pick<QueryFault, 'kind' | 'sqlstate' | 'reason'> &
      Partial<Omit<QueryFault, 'location'>> & { readonly location: number | undefined },
  ) => void;
  /** Visits a query and gives its columns, null when they are not known. */
  readonly query: (node: Node | undefined, outer: Scope | null) => readonly TypedColumn[] | null;
};

/** Reads expressions: gives their types, and tells what they use and what is wrong with them. */
export type Expressions = {
  readonly typeOf: (node: Node | undefined, scope: Scope) => string | null;
  /** Visits what must be true or false. */
  readonly condition: (node: Node | undefined, scope: Scope) => void;
  /** Visits whatever lies below. */
  readonly inside: (value: unknown, scope: Scope) => void;
  /** Tells when a value cannot be assigned to a column of a type. */
  readonly assign: (
    value: Node | undefined,
    type: string | null,
    to: string | null,
    location: number | undefined,
  ) => void;
};
