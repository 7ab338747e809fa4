import { assertNever } from '../../../shared/result.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Intent } from '../intent.ts';
import { addColumn } from './add-column.ts';
import { changeType } from './change-type.ts';
import { dropDefault, dropNotNull, renameColumn, setComment, setDefault, setNotNull } from './column-steps.ts';
import { addCheck, addForeignKey, addUnique, dropConstraint } from './constraint-steps.ts';
import { dropColumn } from './drop-column.ts';
import { addEnumValue } from './enum-steps.ts';
import { addIndex, dropIndex } from './index-steps.ts';
import { impossible, type StepResult } from './step.ts';
import { createSchema, createTable, dropTable, renameTable, setSchema } from './table-steps.ts';
import { tooLongName } from './too-long-name.ts';

/** The safe statements for one change on this catalog and the exact way back, or why it cannot be made. */
export function planIntent(catalog: Catalog, intent: Intent): StepResult {
  const tooLong = tooLongName(intent);
  if (tooLong !== undefined)
    return impossible(`the name "${tooLong}" is longer than the 63 bytes that PostgreSQL keeps`);
  switch (intent.kind) {
    case 'add column':
      return addColumn(catalog, intent);
    case 'drop column':
      return dropColumn(catalog, intent);
    case 'rename column':
      return renameColumn(catalog, intent);
    case 'change type':
      return changeType(catalog, intent);
    case 'set not null':
      return setNotNull(catalog, intent);
    case 'drop not null':
      return dropNotNull(catalog, intent);
    case 'set default':
      return setDefault(catalog, intent);
    case 'drop default':
      return dropDefault(catalog, intent);
    case 'add index':
      return addIndex(catalog, intent);
    case 'drop index':
      return dropIndex(catalog, intent);
    case 'add unique':
    case 'add primary key':
      return addUnique(catalog, intent);
    case 'add foreign key':
      return addForeignKey(catalog, intent);
    case 'add check':
      return addCheck(catalog, intent);
    case 'drop constraint':
      return dropConstraint(catalog, intent);
    case 'create table':
      return createTable(catalog, intent);
    case 'drop table':
      return dropTable(catalog, intent);
    case 'rename table':
      return renameTable(catalog, intent);
    case 'set schema':
      return setSchema(catalog, intent);
    case 'create schema':
      return createSchema(catalog, intent);
    case 'add enum value':
      return addEnumValue(catalog, intent);
    case 'comment':
      return setComment(catalog, intent);
    default:
      return assertNever(intent);
  }
}
