import type { AlterTableCmd, Node } from '@pgsql/types';
import type { StatementReport } from '../validate/report.ts';
import { type EffectScope, effectScope } from './effects/effect-scope.ts';
import type { EffectsContext } from './effects.ts';
import { all, as } from './nodes.ts';
import type { TypeRef } from './type-name.ts';
import { parseType, typeRef } from './type-name.ts';

/** What becomes of stored data, and whether a later statement could bring everything back. */
export type Loss = Pick<StatementReport, 'dataLoss' | 'reversible'>;

const none: Loss = { dataLoss: 'none', reversible: 'exact' };
/** Rows or values go for good; the object can be made again, empty. */
const certain: Loss = { dataLoss: 'certain', reversible: 'structure-only' };
const possible: Loss = { dataLoss: 'possible', reversible: 'structure-only' };
const cannotUndo: Loss = { dataLoss: 'none', reversible: 'none' };

const rank = { none: 0, possible: 1, certain: 2, exact: 0, 'structure-only': 1 } as const;

function worse(a: Loss, b: Loss): Loss {
  const back = (loss: Loss) => (loss.reversible === 'none' ? 2 : rank[loss.reversible]);
  return {
    dataLoss: rank[a.dataLoss] >= rank[b.dataLoss] ? a.dataLoss : b.dataLoss,
    reversible: back(a) >= back(b) ? a.reversible : b.reversible,
  };
}

// Each type holds every value of those before it.
const integers = ['int2', 'int4', 'int8', 'numeric'];
const wideText: ReadonlySet<string> = new Set(['text', 'varchar', 'citext']);

/** True when every value of the old type has one, and only one, in the new. */
export function keepsValues(from: TypeRef, to: TypeRef): boolean {
  if (from.array !== to.array) return false;
  if (from.name === to.name && from.schema === to.schema) {
    if (to.modifiers.length === 0) return true;
    if (from.modifiers.length === 0) return false;
    if (to.name === 'numeric') {
      const [p1 = 0, s1 = 0] = from.modifiers;
      const [p2 = 0, s2 = 0] = to.modifiers;
      return s2 >= s1 && p2 - s2 >= p1 - s1;
    }
    return to.modifiers.every((modifier, index) => modifier >= (from.modifiers[index] ?? 0));
  }
  const unlimited = to.modifiers.length === 0;
  if (wideText.has(to.name) && unlimited) return from.name !== 'bpchar';
  const small = integers.indexOf(from.name);
  const large = integers.indexOf(to.name);
  if (small >= 0 && large > small) return unlimited || to.name !== 'numeric';
  return (
    (from.name === 'float4' && to.name === 'float8') ||
    (from.name === 'date' && (to.name === 'timestamp' || to.name === 'timestamptz')) ||
    (from.name === 'timestamp' && to.name === 'timestamptz' && unlimited) ||
    (from.name === 'timestamptz' && to.name === 'timestamp' && unlimited) ||
    (from.name === 'cidr' && to.name === 'inet')
  );
}

function lossOfAction(cmd: AlterTableCmd, column: string | null): Loss {
  switch (cmd.subtype) {
    case 'AT_DropColumn':
      return certain;
    case 'AT_AlterColumnType': {
      const definition = as(cmd.def, 'ColumnDef');
      const from = column === null ? null : parseType(column);
      const kept =
        from !== null && definition?.raw_default === undefined && keepsValues(from, typeRef(definition?.typeName));
      return kept ? none : possible;
    }
    case 'AT_SetUnLogged':
      // After a crash an unlogged table is empty.
      return { dataLoss: 'possible', reversible: 'exact' };
    default:
      return none;
  }
}

function lossOfAlterTable(scope: EffectScope, node: Node): Loss {
  const statement = as(node, 'AlterTableStmt');
  const table = scope.lookup.table(scope.relation(statement?.relation));
  return all(statement?.cmds, 'AlterTableCmd')
    .map((cmd) => {
      const column = table?.columns.find((candidate) => candidate.name === cmd.name)?.type ?? null;
      return lossOfAction(cmd, column);
    })
    .reduce(worse, none);
}

function lossOfDrop(node: Node): Loss {
  const drop = as(node, 'DropStmt');
  const cascade = drop?.behavior === 'DROP_CASCADE';
  switch (drop?.removeType) {
    case 'OBJECT_TABLE':
      return certain;
    case 'OBJECT_SEQUENCE':
      // Its position is lost with it.
      return certain;
    case 'OBJECT_SCHEMA':
      return cascade ? certain : none;
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
    case 'OBJECT_EXTENSION':
      return cascade ? possible : none;
    default:
      return none;
  }
}

/** What a statement does to stored data, for the database as the statement finds it. */
export function lossOf(node: Node, context: EffectsContext): Loss {
  const scope = effectScope(context);
  if ('AlterTableStmt' in node) return lossOfAlterTable(scope, node);
  if ('DropStmt' in node) return lossOfDrop(node);
  if ('TruncateStmt' in node) return { dataLoss: 'certain', reversible: 'none' };
  if ('DeleteStmt' in node) return { dataLoss: 'certain', reversible: 'none' };
  if ('UpdateStmt' in node || 'MergeStmt' in node) return { dataLoss: 'possible', reversible: 'none' };
  if ('InsertStmt' in node || 'CopyStmt' in node) {
    const overwrites = as(node, 'InsertStmt')?.onConflictClause?.action === 'ONCONFLICT_UPDATE';
    return overwrites ? { dataLoss: 'possible', reversible: 'none' } : none;
  }
  // A label of an enum can never be taken away again.
  if ('AlterEnumStmt' in node) return node.AlterEnumStmt.oldVal === undefined ? cannotUndo : none;
  if ('DropdbStmt' in node || 'DropTableSpaceStmt' in node) return { dataLoss: 'certain', reversible: 'none' };
  if ('DropOwnedStmt' in node) return { dataLoss: 'certain', reversible: 'none' };
  if ('DoStmt' in node || 'CallStmt' in node) return { dataLoss: 'possible', reversible: 'none' };
  return none;
}
