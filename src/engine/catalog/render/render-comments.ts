import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { identifier, literal, qualified, type Sql, sql } from '../../sql/sql.ts';
import type { Catalog, ObjectName } from '../catalog.ts';
import { memberName, objectKey } from '../object-key.ts';
import { otherObjectPath } from '../other-object-path.ts';
import { commentedName } from './render-other-object.ts';
import { routineName, routinePath } from './render-rights.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

/** Something that can have a comment: what `COMMENT ON` calls it, and whose the comment is in the dependency graph. */
export type Commented = {
  readonly key: string;
  readonly object: string;
  readonly target: Sql;
  readonly comment: string | null;
};

/** `COMMENT ON … IS …`, which takes a comment away when it is null. */
export const renderComment = ({ object, target, comment }: Commented): RenderedStatement =>
  statementOf('comment', object, sql`COMMENT ON ${target} IS ${literal(comment)}`);

const publicSchema = objectKey('schema', '', 'public');

/** A `COMMENT ON` for every comment of the catalog on an object whose key is wanted. */
export const renderComments = (
  catalog: Catalog,
  wanted: (key: string) => boolean = () => true,
): readonly RenderedStatement[] =>
  commentedObjects(catalog)
    // An empty database already has a comment on `public`.
    .filter(({ key, comment }) => wanted(key) && (comment !== null || key === publicSchema))
    .map(renderComment);

/** Everything in the catalog that can have a comment, with the one that it has. */
export function commentedObjects(catalog: Catalog): readonly Commented[] {
  const found: Commented[] = [];
  const say = (key: string, kind: Sql, object: string, name: Sql, comment: string | null) =>
    found.push({ key, object, target: sql`${kind} ${name}`, comment });
  const sayMember = (kind: Sql, word: string, relation: ObjectName, name: string, comment: string | null) =>
    say(
      objectKey(word, relation.schema, memberName(relation.name, name)),
      kind,
      member(relation, name),
      sql`${identifier(name)} ON ${qualified(relation)}`,
      comment,
    );
  const sayColumn = (key: string, relation: ObjectName, name: string, comment: string | null) =>
    say(key, sql`COLUMN`, member(relation, name), sql`${qualified(relation)}.${identifier(name)}`, comment);

  for (const { name, comment } of catalog.schemas) {
    say(objectKey('schema', '', name), sql`SCHEMA`, quoteIdentifier(name), identifier(name), comment);
  }
  for (const { name, comment } of catalog.extensions) {
    say(objectKey('extension', '', name), sql`EXTENSION`, quoteIdentifier(name), identifier(name), comment ?? null);
  }
  for (const type of catalog.types) {
    const key = objectKey('type', type.schema, type.name);
    const kind = type.kind === 'domain' ? sql`DOMAIN` : sql`TYPE`;
    say(key, kind, qualifiedName(type), qualified(type), type.comment);
    if (type.kind !== 'domain') continue;
    for (const { name, comment } of type.constraints) {
      const own = objectKey('constraint', type.schema, memberName(type.name, name));
      const target = sql`${identifier(name)} ON DOMAIN ${qualified(type)}`;
      say(own, sql`CONSTRAINT`, member(type, name), target, comment ?? null);
    }
  }
  for (const routine of catalog.routines) {
    const key = objectKey('routine', routine.schema, `${routine.name}(${routine.arguments})`);
    say(key, sql`ROUTINE`, routinePath(routine), routineName(routine), routine.comment);
  }
  for (const sequence of catalog.sequences) {
    const key = objectKey('sequence', sequence.schema, sequence.name);
    say(key, sql`SEQUENCE`, qualifiedName(sequence), qualified(sequence), sequence.comment);
  }
  for (const table of catalog.tables) {
    const kind = table.kind === 'foreign table' ? sql`FOREIGN TABLE` : sql`TABLE`;
    const key = objectKey('table', table.schema, table.name);
    say(key, kind, qualifiedName(table), qualified(table), table.comment);
    for (const column of table.columns) {
      const own = objectKey('column', table.schema, memberName(table.name, column.name));
      sayColumn(own, table, column.name, column.comment);
    }
    for (const constraint of table.constraints) {
      sayMember(sql`CONSTRAINT`, 'constraint', table, constraint.name, constraint.comment);
    }
    for (const policy of table.policies) sayMember(sql`POLICY`, 'policy', table, policy.name, policy.comment);
  }
  for (const view of catalog.views) {
    const word = view.materialized ? 'materialized view' : 'view';
    const key = objectKey(word, view.schema, view.name);
    const kind = view.materialized ? sql`MATERIALIZED VIEW` : sql`VIEW`;
    say(key, kind, qualifiedName(view), qualified(view), view.comment);
    for (const column of view.columns) sayColumn(key, view, column.name, column.comment);
  }
  for (const relation of [...catalog.tables, ...catalog.views]) {
    for (const index of relation.indexes) {
      const name = { schema: relation.schema, name: index.name };
      const key = objectKey('index', name.schema, name.name);
      say(key, sql`INDEX`, qualifiedName(name), qualified(name), index.comment);
    }
    for (const trigger of relation.triggers) {
      sayMember(sql`TRIGGER`, 'trigger', relation, trigger.name, trigger.comment);
    }
  }
  for (const other of catalog.otherObjects ?? []) {
    const named = commentedName(other);
    const key = objectKey(other.kind, other.schema, other.name);
    if (named !== null) say(key, named.words, otherObjectPath(other), named.name, other.comment);
  }
  return found;
}

const member = (relation: ObjectName, name: string): string => `${qualifiedName(relation)}.${quoteIdentifier(name)}`;
