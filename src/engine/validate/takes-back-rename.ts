import type { RenameStmt } from '@pgsql/types';
import { as } from '../sql/nodes.ts';
import type { CheckContext } from './rule.ts';

/** True in a down whose up holds a rename that this one undoes: the risk was told there. */
export const takesBackRename = (context: CheckContext, undoes: (up: RenameStmt) => boolean): boolean =>
  context.direction === 'down' &&
  context.upScript.statements.some((statement) => {
    const rename = as(statement.node, 'RenameStmt');
    return rename !== undefined && undoes(rename);
  });
