import type { ObjectName } from '../../catalog/catalog.ts';

/** A relation as one query sees it: under its alias, with the names that its columns have there. */
export type ScopeRelation = {
  readonly alias: string;
  /** The table or view of the catalog; null for a subquery, a common table expression or a function. */
  readonly table: ObjectName | null;
  /** Null when the columns are not known. `own` is the column's name in the table. */
  readonly columns: readonly { readonly name: string; readonly own: string }[] | null;
};

/** What names mean at one place of a query; what is not found here may be found outside. */
export type Scope = {
  readonly relations: ScopeRelation[];
  /** Common table expressions by name, with their columns where these are known. */
  readonly expressions: Map<string, readonly string[] | null>;
  readonly outer: Scope | null;
};

export const innerScope = (outer: Scope | null): Scope => ({ relations: [], expressions: new Map(), outer });

/** The columns of a common table expression that a name means here; undefined when it means none. */
export function commonTableExpression(scope: Scope, name: string): readonly string[] | null | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.expressions.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The relation with an alias, from the inside out. */
export function relationOf(scope: Scope, alias: string): ScopeRelation | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.relations.find((relation) => relation.alias === alias);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The relation and own name of an unqualified column, from the inside out. Null when it cannot be told: nobody has it, or
 * a relation whose columns are not known may.
 */
export function ownerOf(
  scope: Scope,
  column: string,
): { readonly relation: ScopeRelation; readonly own: string } | null {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    for (const relation of at.relations) {
      const found = relation.columns?.find(({ name }) => name === column);
      if (found !== undefined) return { relation, own: found.own };
    }
    if (at.relations.some(({ columns }) => columns === null)) return null;
  }
  return null;
}

/** True where a name that no relation in reach has as a column can be nobody's: the columns of all of them are known. */
export function isNobodys(scope: Scope): boolean {
  for (let at: Scope | null = scope; at !== null; at = at.outer)
    if (at.relations.some(({ columns }) => columns === null)) return false;
  return true;
}
