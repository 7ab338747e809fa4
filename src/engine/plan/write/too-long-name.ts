import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Intent } from '../intent.ts';

/** How many bytes of a name PostgreSQL keeps. */
const longest = 63;

function newNames(intent: Intent): readonly string[] {
  switch (intent.kind) {
    case 'add column':
      return [intent.column.name];
    case 'create table':
      return [intent.table.name, ...intent.columns.map((column) => column.name)];
    case 'rename column':
    case 'rename table':
      return [intent.newName];
    case 'create schema':
      return [intent.schema];
    case 'add enum value':
      return [intent.value];
    case 'add index':
    case 'add unique':
    case 'add primary key':
    case 'add foreign key':
    case 'add check':
      return intent.name === null ? [] : [intent.name];
    default:
      return [];
  }
}

/** The first new name of an intent that PostgreSQL would cut off or refuse, or undefined. */
export const tooLongName = (intent: Intent): string | undefined =>
  newNames(intent).find((name) => utf8ToBytes(name).length > longest);
