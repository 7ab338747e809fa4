import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { identifier, literal, qualified, type Sql, sql } from '../../sql/sql.ts';
import type { Catalog, ObjectName } from '../catalog.ts';
import { otherObjectPath } from '../other-object-path.ts';
import { commentedName } from './render-other-object.ts';
import { routineName, routinePath } from './render-rights.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

/** A `COMMENT ON` for every comment of the catalog. */
export function renderComments(catalog: Catalog): readonly RenderedStatement[] {
  const statements: RenderedStatement[] = [];
  const say = (kind: Sql, object: string, name: Sql, comment: string | null) => {
    if (comment === null) return;
    statements.push(statementOf('comment', object, sql`COMMENT ON ${kind} ${name} IS ${literal(comment)}`));
  };
  const sayMember = (kind: Sql, relation: ObjectName, name: string, comment: string | null) =>
    say(kind, member(relation, name), sql`${identifier(name)} ON ${qualified(relation)}`, comment);
  const sayColumn = (relation: ObjectName, name: string, comment: string | null) =>
    say(sql`COLUMN`, member(relation, name), sql`${qualified(relation)}.${identifier(name)}`, comment);

  for (const schema of catalog.schemas) {
    // An empty database already has a comment on `public`.
    const comment = schema.name === 'public' ? literal(schema.comment) : null;
    if (comment !== null)
      statements.push(statementOf('comment', 'public', sql`COMMENT ON SCHEMA public IS ${comment}`));
    else say(sql`SCHEMA`, quoteIdentifier(schema.name), identifier(schema.name), schema.comment);
  }
  for (const type of catalog.types) {
    say(type.kind === 'domain' ? sql`DOMAIN` : sql`TYPE`, qualifiedName(type), qualified(type), type.comment);
  }
  for (const routine of catalog.routines) {
    say(sql`ROUTINE`, routinePath(routine), routineName(routine), routine.comment);
  }
  for (const sequence of catalog.sequences) {
    say(sql`SEQUENCE`, qualifiedName(sequence), qualified(sequence), sequence.comment);
  }
  for (const table of catalog.tables) {
    say(
      table.kind === 'foreign table' ? sql`FOREIGN TABLE` : sql`TABLE`,
      qualifiedName(table),
      qualified(table),
      table.comment,
    );
    for (const column of table.columns) sayColumn(table, column.name, column.comment);
    for (const constraint of table.constraints) {
      sayMember(sql`CONSTRAINT`, table, constraint.name, constraint.comment);
    }
    for (const policy of table.policies) sayMember(sql`POLICY`, table, policy.name, policy.comment);
  }
  for (const view of catalog.views) {
    const kind = view.materialized ? sql`MATERIALIZED VIEW` : sql`VIEW`;
    say(kind, qualifiedName(view), qualified(view), view.comment);
    for (const column of view.columns) sayColumn(view, column.name, column.comment);
  }
  for (const relation of [...catalog.tables, ...catalog.views]) {
    for (const index of relation.indexes) {
      const name = { schema: relation.schema, name: index.name };
      say(sql`INDEX`, qualifiedName(name), qualified(name), index.comment);
    }
    for (const trigger of relation.triggers) sayMember(sql`TRIGGER`, relation, trigger.name, trigger.comment);
  }
  for (const other of catalog.otherObjects ?? []) {
    const named = commentedName(other);
    if (named !== null) say(named.words, otherObjectPath(other), named.name, other.comment);
  }
  return statements;
}

const member = (relation: ObjectName, name: string): string => `${qualifiedName(relation)}.${quoteIdentifier(name)}`;
