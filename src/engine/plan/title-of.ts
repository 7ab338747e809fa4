import { assertNever } from '../../shared/result.ts';
import type { Intent } from './intent.ts';

/** A change in a few words, for a title and a file name. */
export function titleOf(intent: Intent): string {
  switch (intent.kind) {
    case 'add column':
      return `add ${intent.column.name} to ${intent.table.name}`;
    case 'drop column':
      return `drop ${intent.column} from ${intent.table.name}`;
    case 'rename column':
      return `rename ${intent.column} to ${intent.newName} in ${intent.table.name}`;
    case 'change type':
      return `change type of ${intent.column} in ${intent.table.name}`;
    case 'set not null':
      return `require ${intent.column} in ${intent.table.name}`;
    case 'drop not null':
      return `make ${intent.column} optional in ${intent.table.name}`;
    case 'set default':
      return `set default of ${intent.column} in ${intent.table.name}`;
    case 'drop default':
      return `drop default of ${intent.column} in ${intent.table.name}`;
    case 'add index':
      return `add ${intent.unique ? 'unique ' : ''}index on ${intent.table.name} ${intent.keys.map((key) => key.column ?? 'expression').join(' ')}`;
    case 'drop index':
      return `drop index ${intent.index}`;
    case 'add unique':
      return `make ${intent.columns.join(' ')} unique in ${intent.table.name}`;
    case 'add primary key':
      return `add primary key to ${intent.table.name}`;
    case 'add foreign key':
      return `add foreign key from ${intent.table.name} to ${intent.references.table.name}`;
    case 'add check':
      return `add check to ${intent.table.name}`;
    case 'drop constraint':
      return `drop constraint ${intent.constraint}`;
    case 'create table':
      return `create table ${intent.table.name}`;
    case 'drop table':
      return `drop table ${intent.table.name}`;
    case 'rename table':
      return `rename table ${intent.table.name} to ${intent.newName}`;
    case 'set schema':
      return `move ${intent.table.name} to schema ${intent.schema}`;
    case 'create schema':
      return `create schema ${intent.schema}`;
    case 'add enum value':
      return `add ${intent.value} to ${intent.type.name}`;
    case 'comment':
      return `comment on ${intent.column ?? intent.table.name}`;
    default:
      return assertNever(intent);
  }
}
