import type { AlterTableCmd, AlterTableType } from '@pgsql/types';
import { isStrongerLock, type LockMode } from '../lock-mode.ts';
import { all, as } from '../nodes.ts';

// https://www.postgresql.org/docs/current/sql-altertable.html; what is not listed takes ACCESS EXCLUSIVE.
const weaker: Partial<Record<AlterTableType, LockMode>> = {
  AT_SetStatistics: 'SHARE UPDATE EXCLUSIVE',
  AT_ClusterOn: 'SHARE UPDATE EXCLUSIVE',
  AT_DropCluster: 'SHARE UPDATE EXCLUSIVE',
  AT_SetOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ResetOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ValidateConstraint: 'SHARE UPDATE EXCLUSIVE',
  AT_AttachPartition: 'SHARE UPDATE EXCLUSIVE',
  AT_DetachPartitionFinalize: 'SHARE UPDATE EXCLUSIVE',
  AT_EnableTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableAlwaysTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableReplicaTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableTrigAll: 'SHARE ROW EXCLUSIVE',
  AT_EnableTrigUser: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrig: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrigAll: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrigUser: 'SHARE ROW EXCLUSIVE',
};

// Storage parameters whose change readers could notice while they run.
const strongOptions: ReadonlySet<string> = new Set([
  'user_catalog_table',
  'security_barrier',
  'security_invoker',
  'check_option',
  'fastupdate',
  'gin_pending_list_limit',
  'buffering',
  'pages_per_range',
  'autosummarize',
]);

const optionsLock = (cmd: AlterTableCmd): LockMode =>
  all(as(cmd.def, 'List')?.items, 'DefElem').some((option) => strongOptions.has(option.defname ?? ''))
    ? 'ACCESS EXCLUSIVE'
    : 'SHARE UPDATE EXCLUSIVE';

function lockOfCommand(cmd: AlterTableCmd): LockMode {
  switch (cmd.subtype) {
    case 'AT_AddConstraint':
      return as(cmd.def, 'Constraint')?.contype === 'CONSTR_FOREIGN' ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
    case 'AT_ReplaceRelOptions':
      return optionsLock(cmd);
    case 'AT_DetachPartition':
      return as(cmd.def, 'PartitionCmd')?.concurrent === true ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
    default:
      return (cmd.subtype === undefined ? undefined : weaker[cmd.subtype]) ?? 'ACCESS EXCLUSIVE';
  }
}

/** The lock that `ALTER TABLE` takes on the table it names: the strongest that any of its actions needs. */
export function alterTableLock(commands: readonly AlterTableCmd[]): LockMode {
  return commands.map(lockOfCommand).reduce((a, b) => (isStrongerLock(b, a) ? b : a), 'SHARE UPDATE EXCLUSIVE');
}
