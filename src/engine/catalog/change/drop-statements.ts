import { identifier, joinSql, qualified, sql } from '../../sql/sql.ts';
import type { Column, Constraint, Table } from '../catalog.ts';
import { droppedName } from '../render/render-other-object.ts';
import { routineName } from '../render/render-rights.ts';
import { type ChangeContext, ends, followsParent, goesWith, keysFromAbove } from './change-context.ts';
import { type ChangeStatement, changeOf, definedChange, loses } from './change-script.ts';
import type { Part, Piece } from './piece.ts';
import { sequenceKey } from './pieces-of.ts';
import { revokedDefaults } from './revoked-defaults.ts';

/** The statements that drop a piece; none for what goes with something else. */
export function dropStatements(piece: Piece, context: ChangeContext): readonly ChangeStatement[] {
  const { part, object } = piece;
  if (goesWith(context, piece) !== null) return [];
  switch (part.kind) {
    case 'schema':
      return [changeOf(object, sql`DROP SCHEMA ${identifier(part.name)}`)];
    case 'extension':
      return dropExtensions(piece, context);
    case 'type': {
      const word = part.type.kind === 'domain' ? sql`DOMAIN` : sql`TYPE`;
      return [changeOf(object, sql`DROP ${word} ${qualified(part.type)}`)];
    }
    case 'sequence':
      return [
        changeOf(object, sql`DROP SEQUENCE ${qualified(part.sequence)}`, {
          // A sequence that is made again goes on after the values of its column.
          loses: context.fates.of(piece.key) === 'drop' ? loses(`the position of the sequence ${object}`) : null,
        }),
      ];
    case 'ownership':
      return keepsSequence(part, context)
        ? [changeOf(object, sql`ALTER SEQUENCE ${qualified(part.sequence)} OWNED BY NONE`)]
        : [];
    case 'routine':
      return [changeOf(object, sql`DROP ROUTINE ${routineName(part.routine)}`)];
    case 'table': {
      const word = part.table.kind === 'foreign table' ? sql`FOREIGN TABLE` : sql`TABLE`;
      // The rows of a partitioned table are those of its partitions.
      const what = part.table.kind === 'table' ? loses(`every row of ${object}`) : null;
      // A foreign key to the whole lets go of a partition only when it is detached.
      const isHeld = keysFromAbove(context, part.table).some(({ key }) => context.fates.of(key) !== 'drop');
      return [
        ...(isHeld ? detach(part.table, object) : []),
        changeOf(object, sql`DROP ${word} ${qualified(part.table)}`, { loses: what }),
      ];
    }
    case 'column':
      return dropColumn(part, object, context);
    case 'default':
      return [alterColumn(part.table, part.column, object)];
    case 'attachment':
      return detach(part.table, object);
    case 'inheritance':
      return [changeOf(object, sql`ALTER TABLE ${qualified(part.table)} NO INHERIT ${qualified(part.from)}`)];
    case 'constraint':
      return dropConstraint(part.table, part.constraint, object);
    case 'index': {
      const name = qualified({ schema: part.relation.schema, name: part.index.name });
      const onPartitioned = 'kind' in part.relation && part.relation.kind === 'partitioned table';
      const online = context.style.form === 'online' && !onPartitioned;
      return [
        changeOf(object, online ? sql`DROP INDEX CONCURRENTLY ${name}` : sql`DROP INDEX ${name}`, {
          inTransaction: !online,
        }),
      ];
    }
    case 'view': {
      const word = part.view.materialized ? sql`MATERIALIZED VIEW` : sql`VIEW`;
      return [changeOf(object, sql`DROP ${word} ${qualified(part.view)}`)];
    }
    case 'trigger':
      if (part.trigger.inherited) return [];
      return [changeOf(object, sql`DROP TRIGGER ${identifier(part.trigger.name)} ON ${qualified(part.relation)}`)];
    case 'policy':
      return [changeOf(object, sql`DROP POLICY ${identifier(part.policy.name)} ON ${qualified(part.table)}`)];
    case 'other': {
      if (part.other.kind === 'default privileges') {
        return revokedDefaults(part.other).map((text) => definedChange(object, text));
      }
      const named = droppedName(part.other);
      return named === null ? [] : [changeOf(object, sql`DROP ${named.words} ${named.name}`)];
    }
  }
}

/** One statement for all extensions that go, because one may need another: with the last of them. */
function dropExtensions({ key, object }: Piece, context: ChangeContext): readonly ChangeStatement[] {
  const going = [...context.from.byKey.values()].filter(
    (each) => each.part.kind === 'extension' && ends(context, each.key),
  );
  if (going.some((each) => each.key > key)) return [];
  const names = going.flatMap(({ part }) => (part.kind === 'extension' ? [identifier(part.extension.name)] : []));
  return [changeOf(object, sql`DROP EXTENSION ${joinSql(names)}`)];
}

const keepsSequence = (part: Extract<Part, { kind: 'ownership' }>, { fates }: ChangeContext): boolean => {
  const fate = fates.of(sequenceKey(part.sequence));
  return fate === 'keep' || fate === 'alter';
};

function dropColumn(
  { table, column }: Extract<Part, { kind: 'column' }>,
  object: string,
  context: ChangeContext,
): readonly ChangeStatement[] {
  if (followsParent(context, table, column)) return [];
  const computed = column.generated !== null;
  return [
    changeOf(object, sql`ALTER TABLE ${qualified(table)} DROP COLUMN ${identifier(column.name)}`, {
      loses: computed ? null : loses(`the values of ${object}`),
    }),
  ];
}

const alterColumn = (table: Table, column: Column, object: string): ChangeStatement =>
  changeOf(object, sql`ALTER TABLE ONLY ${qualified(table)} ALTER COLUMN ${identifier(column.name)} DROP DEFAULT`);

function detach(table: Table, object: string): readonly ChangeStatement[] {
  if (table.partitionOf === null) return [];
  const parent = qualified(table.partitionOf.parent);
  return [changeOf(object, sql`ALTER TABLE ${parent} DETACH PARTITION ${qualified(table)}`)];
}

function dropConstraint(table: Table, constraint: Constraint, object: string): readonly ChangeStatement[] {
  const own = qualified(table);
  switch (constraint.kind) {
    case 'trigger':
      return [];
    case 'check':
    case 'foreign key':
      if (!constraint.local) return [];
      break;
    case 'primary key':
    case 'unique':
    case 'exclusion':
    case 'not null':
      break;
  }
  return [changeOf(object, sql`ALTER TABLE ${own} DROP CONSTRAINT ${identifier(constraint.name)}`)];
}
