import type { ObjectName } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';

/** A column of a query's result or of a relation; the type is null where it cannot be told (see `types.ts`). */
export type TypedColumn = { readonly name: string; readonly type: string | null };

/** A relation as one query sees it: under its alias, with the names that its columns have there. */
export type ScopeRelation = {
  readonly alias: string;
  /** The table or view of the catalog; null for a subquery, a common table expression or a function. */
  readonly table: ObjectName | null;
  /** True where it goes by its own name, so that its schema may be written before it. */
  readonly isBare: boolean;
  /** Null when the columns are not known. `own` is the column's name in the table. */
  readonly columns: readonly (TypedColumn & { readonly own: string })[] | null;
};

/** Where a column that goes by its name alone comes from; a column merged by USING comes from both sides. */
export type VisibleColumn = TypedColumn & {
  readonly sources: readonly { readonly relation: ScopeRelation; readonly own: string }[];
};

/** What a part of a FROM clause brings: relations by their aliases, and columns by their names alone. */
export type Namespace = {
  readonly relations: readonly ScopeRelation[];
  readonly columns: readonly VisibleColumn[];
  /** False where there are columns of which nothing is known. */
  readonly isComplete: boolean;
};

/** What names mean at one place of a query; what is not found here may be found outside. */
export type Scope = Namespace & {
  /** Common table expressions by name, with their columns where these are known. */
  readonly expressions: ReadonlyMap<string, readonly TypedColumn[] | null>;
  readonly outer: Scope | null;
};

/** A namespace that brings nothing. */
export const emptyNamespace: Namespace = { relations: [], columns: [], isComplete: true };

const noExpressions: Scope['expressions'] = new Map();

/** A scope in which a namespace is to be found before anything outside. */
export const innerScope = (
  outer: Scope | null,
  namespace: Namespace = emptyNamespace,
  expressions: Scope['expressions'] = noExpressions,
): Scope => ({ ...namespace, expressions, outer });

/** What a relation alone brings. */
export const namespaceOf = (relation: ScopeRelation): Namespace => ({
  relations: [relation],
  columns: (relation.columns ?? []).map(({ name, own, type }) => ({ name, type, sources: [{ relation, own }] })),
  isComplete: relation.columns !== null,
});

/** What several parts of a FROM clause bring together. */
export const together = (...parts: readonly Namespace[]): Namespace => ({
  relations: parts.flatMap(({ relations }) => relations),
  columns: parts.flatMap(({ columns }) => columns),
  isComplete: parts.every(({ isComplete }) => isComplete),
});

/** A namespace of which only the aliases can be used, as for `excluded`. */
export const byAliasOnly = ({ relations }: Namespace): Namespace => ({ relations, columns: [], isComplete: true });

/** The columns of a common table expression that a name means here; undefined when it means none. */
export function commonTableExpression(scope: Scope, name: string): readonly TypedColumn[] | null | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.expressions.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The relation with an alias, or with a schema and a name, from the inside out. */
export function relationOf(scope: Scope, alias: string, schema: string | null = null): ScopeRelation | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.relations.find((relation) =>
      schema === null
        ? relation.alias === alias
        : relation.isBare && relation.table !== null && sameName(relation.table, { schema, name: alias }),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What an unqualified name means as a column: nobody's where all columns in reach are known and none has the name. */
export type Meaning =
  | { readonly kind: 'column'; readonly column: VisibleColumn }
  | { readonly kind: 'ambiguous' | 'unknown' | 'nobodys' };

/** The column that an unqualified name means, from the inside out. */
export function meaningOf(scope: Scope, name: string): Meaning {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const [column, another] = at.columns.filter((one) => one.name === name);
    if (another !== undefined) return { kind: 'ambiguous' };
    if (column !== undefined) return { kind: 'column', column };
    if (!at.isComplete) return { kind: 'unknown' };
  }
  return { kind: 'nobodys' };
}
