import type { Node } from '@pgsql/types';
import type { Column, ObjectName } from '../../catalog/catalog.ts';
import { sameName } from '../../sql/catalog-lookup.ts';
import { as, nameOfObject, type WrittenName } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { CheckContext } from '../rule.ts';
import { tablesOfType } from '../tables-of-type.ts';
import { takesFrom } from '../takes-from.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

/** What a DROP of an object beside relations names, where the catalog lists all that there are; null for another kind. */
const missingIn = (context: CheckContext, kind: string | undefined, object: Node): WrittenName | null => {
  const { catalog } = context.database;
  switch (kind) {
    case 'OBJECT_EXTENSION':
    case 'OBJECT_EVENT_TRIGGER': {
      const name = as(object, 'String')?.sval ?? '';
      const known =
        kind === 'OBJECT_EXTENSION'
          ? catalog.extensions
          : (catalog.otherObjects ?? []).filter((one) => one.kind === 'event trigger');
      return known.some((one) => one.name === name) ? null : { schema: null, name };
    }
    default:
      return null;
  }
};

/** What keeps an object from being dropped without CASCADE, in words. */
const dependentsOn = (context: CheckContext, kind: string | undefined, name: ObjectName): readonly string[] => {
  const { catalog } = context.database;
  const columnsWhere = (uses: (column: Column) => boolean): readonly string[] =>
    catalog.tables.flatMap((table) =>
      table.columns.some(uses) ? [`a column of ${shown({ schema: table.schema, name: table.name })}`] : [],
    );
  switch (kind) {
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return tablesOfType(context.database, name).map((table) => `a column of ${shown(table)}`);
    case 'OBJECT_SEQUENCE':
      return columnsWhere((column) => takesFrom(column.default, name));
    case 'OBJECT_FOREIGN_SERVER':
      return catalog.tables.flatMap((table) =>
        table.foreign?.server === name.name ? [`the foreign table ${shown(table)}`] : [],
      );
    case 'OBJECT_FUNCTION':
      return catalog.tables.flatMap((table) =>
        table.triggers
          .filter((trigger) => sameName(trigger.function, name))
          .map((trigger) => `the trigger ${quoteIdentifier(trigger.name)} of ${shown(table)}`),
      );
    default:
      return [];
  }
};

/** The object that a DROP names; null for one of several functions of a name. */
const droppedObject = (
  { database }: CheckContext,
  kind: string | undefined,
  written: WrittenName,
): ObjectName | null => {
  if (kind !== 'OBJECT_FUNCTION') return database.type(written) ?? database.resolve(written);
  const [only, another] = database.routines(written);
  return another === undefined ? (only ?? null) : null;
};

/** A DROP of what is not there or, without CASCADE, of what is in use. Relations and their parts that are not there are told elsewhere. */
export const refusedDrop = (context: CheckContext): readonly Refusal[] => {
  const drop = as(context.statement.node, 'DropStmt');
  if (drop === undefined || !context.hasCatalog) return [];
  if (drop.concurrent === true && ((drop.objects ?? []).length > 1 || drop.behavior === 'DROP_CASCADE'))
    return [
      { range: context.source.range, sqlstate: '0A000', reason: 'CONCURRENTLY drops one index, without CASCADE' },
    ];
  return (drop.objects ?? []).flatMap((object) => {
    const missing = drop.missing_ok === true ? null : missingIn(context, drop.removeType, object);
    if (missing !== null) {
      const range = context.source.identifier(missing.name) ?? context.source.range;
      return [{ range, sqlstate: '42704', reason: `${shown(missing)} does not exist` }];
    }
    if (drop.behavior === 'DROP_CASCADE') return [];
    const written = nameOfObject(object);
    const name = droppedObject(context, drop.removeType, written);
    const dependents = name === null ? [] : dependentsOn(context, drop.removeType, name);
    return dependents.length === 0
      ? []
      : [
          {
            range: context.source.range,
            sqlstate: '2BP01',
            reason: `${dependents.join(', ')} depends on ${shown(written)}`,
          },
        ];
  });
};
