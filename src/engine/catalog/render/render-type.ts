import { qualifiedName } from '../../sql/qualified-name.ts';
import { identifier, joinSql, literal, qualified, rendered, sql } from '../../sql/sql.ts';
import type { DatabaseType, ObjectName } from '../catalog.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

/** A name that functions may take and give before the type is made. */
export const renderShell = (type: ObjectName): RenderedStatement =>
  statementOf('shell type', qualifiedName(type), sql`CREATE TYPE ${qualified(type)}`);

/** The statements that make a type: the first makes it, the others complete it. */
export function renderType(type: DatabaseType): readonly RenderedStatement[] {
  const path = qualifiedName(type);
  const name = qualified(type);
  switch (type.kind) {
    case 'enum':
      return [statementOf('enum', path, sql`CREATE TYPE ${name} AS ENUM (${joinSql(type.labels.map(literal))})`)];
    case 'composite': {
      const attributes = type.attributes.map((attribute) => {
        const collation = attribute.collation === null ? sql`` : sql` COLLATE ${rendered(attribute.collation)}`;
        return sql`${identifier(attribute.name)} ${rendered(attribute.type)}${collation}`;
      });
      const comments = type.attributes.flatMap((attribute) =>
        attribute.comment
          ? [sql`COMMENT ON COLUMN ${name}.${identifier(attribute.name)} IS ${literal(attribute.comment)}`]
          : [],
      );
      return [
        statementOf('type', path, sql`CREATE TYPE ${name} AS (${joinSql(attributes)})`),
        ...comments.map((comment) => statementOf('comment', path, comment)),
      ];
    }
    case 'domain': {
      const collation = type.collation === null ? sql`` : sql` COLLATE ${rendered(type.collation)}`;
      const fallback = type.default === null ? sql`` : sql` DEFAULT ${rendered(type.default)}`;
      // A `NOT NULL` with a name of its own is one of the constraints.
      const named = type.constraints.some((constraint) => constraint.definition === 'NOT NULL');
      const given = type.notNullName === undefined ? sql`` : sql` CONSTRAINT ${identifier(type.notNullName)}`;
      const notNull = type.notNull && !named ? sql`${given} NOT NULL` : sql``;
      // A constraint that is not validated cannot be written inside CREATE DOMAIN; the others may follow as well.
      const constraints = type.constraints.map(
        (constraint) =>
          sql`ALTER DOMAIN ${name} ADD CONSTRAINT ${identifier(constraint.name)} ${rendered(constraint.definition)}`,
      );
      return [
        sql`CREATE DOMAIN ${name} AS ${rendered(type.baseType)}${collation}${fallback}${notNull}`,
        ...constraints,
      ].map((piece) => statementOf('domain', path, piece));
    }
    case 'range': {
      const options = [sql`subtype = ${rendered(type.subtype)}`, ...type.options.map(rendered)];
      return [statementOf('type', path, sql`CREATE TYPE ${name} AS RANGE (${joinSql(options)})`)];
    }
  }
}
