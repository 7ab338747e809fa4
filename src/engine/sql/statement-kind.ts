import type { AlterTableCmd, Node, ObjectType } from '@pgsql/types';

/** `OBJECT_FOREIGN_TABLE` becomes `ForeignTable`. */
function nameOfObjectType(type: ObjectType | undefined): string {
  if (type === 'OBJECT_MATVIEW') return 'MaterializedView';
  if (type === 'OBJECT_TABCONSTRAINT') return 'Constraint';
  if (type === 'OBJECT_DOMCONSTRAINT') return 'DomainConstraint';
  if (type === 'OBJECT_STATISTIC_EXT') return 'Statistics';
  return (type ?? 'OBJECT_TABLE')
    .slice('OBJECT_'.length)
    .toLowerCase()
    .replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const pascal = (words: string) =>
  words.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());

function actionsOf(commands: readonly Node[] | undefined): string {
  const names = (commands ?? []).map((command) => {
    const cmd: AlterTableCmd = 'AlterTableCmd' in command ? command.AlterTableCmd : {};
    return (cmd.subtype ?? 'AT_').slice('AT_'.length);
  });
  return names.join('+');
}

/** Renames keep the family of the thing that is altered: a column of a table is `AlterTable.RenameColumn`. */
function kindOfRename(type: ObjectType | undefined, relation: ObjectType | undefined): string {
  if (type === 'OBJECT_COLUMN') return `Alter${nameOfObjectType(relation)}.RenameColumn`;
  if (type === 'OBJECT_TABCONSTRAINT') return 'AlterTable.RenameConstraint';
  if (type === 'OBJECT_DOMCONSTRAINT') return 'AlterDomain.RenameConstraint';
  if (type === 'OBJECT_ATTRIBUTE') return 'AlterType.RenameAttribute';
  return `Alter${nameOfObjectType(type)}.Rename`;
}

const domainActions: Readonly<Record<string, string>> = {
  T: 'Default',
  N: 'DropNotNull',
  O: 'SetNotNull',
  C: 'AddConstraint',
  X: 'DropConstraint',
  V: 'ValidateConstraint',
};

/**
 * Names a statement for reports and rules: `AlterTable.AddColumn`, several actions joined with `+`, `DropTable`,
 * `Transaction.Begin`; anything else is the parser's node name without `Stmt`.
 */
export function statementKind(node: Node): string {
  if ('AlterTableStmt' in node) {
    const { objtype, cmds } = node.AlterTableStmt;
    return `Alter${nameOfObjectType(objtype)}.${actionsOf(cmds)}`;
  }
  if ('RenameStmt' in node) return kindOfRename(node.RenameStmt.renameType, node.RenameStmt.relationType);
  if ('DropStmt' in node) return `Drop${nameOfObjectType(node.DropStmt.removeType)}`;
  if ('AlterObjectSchemaStmt' in node)
    return `Alter${nameOfObjectType(node.AlterObjectSchemaStmt.objectType)}.SetSchema`;
  if ('AlterOwnerStmt' in node) return `Alter${nameOfObjectType(node.AlterOwnerStmt.objectType)}.ChangeOwner`;
  if ('AlterObjectDependsStmt' in node)
    return `Alter${nameOfObjectType(node.AlterObjectDependsStmt.objectType)}.DependsOnExtension`;
  if ('AlterEnumStmt' in node)
    return node.AlterEnumStmt.oldVal === undefined ? 'AlterEnum.AddValue' : 'AlterEnum.RenameValue';
  if ('AlterDomainStmt' in node) return `AlterDomain.${domainActions[node.AlterDomainStmt.subtype ?? ''] ?? 'Other'}`;
  if ('TransactionStmt' in node)
    return `Transaction.${pascal((node.TransactionStmt.kind ?? 'TRANS_STMT_BEGIN').slice('TRANS_STMT_'.length))}`;
  if ('VariableSetStmt' in node) {
    const { kind, is_local } = node.VariableSetStmt;
    if (kind === 'VAR_RESET' || kind === 'VAR_RESET_ALL') return 'Reset';
    return is_local === true ? 'SetLocal' : 'Set';
  }
  if ('CreateStmt' in node) return 'CreateTable';
  if ('CreateTableAsStmt' in node)
    return node.CreateTableAsStmt.objtype === 'OBJECT_MATVIEW' ? 'CreateMaterializedView' : 'CreateTableAs';
  if ('IndexStmt' in node) return 'CreateIndex';
  if ('ViewStmt' in node) return 'CreateView';
  if ('CreateTrigStmt' in node) return 'CreateTrigger';
  if ('RuleStmt' in node) return 'CreateRule';
  if ('CreateSeqStmt' in node) return 'CreateSequence';
  if ('AlterSeqStmt' in node) return 'AlterSequence';
  if ('CreateStatsStmt' in node) return 'CreateStatistics';
  if ('CompositeTypeStmt' in node) return 'CreateType';
  if ('CreateEnumStmt' in node) return 'CreateEnum';
  if ('CreatedbStmt' in node) return 'CreateDatabase';
  if ('DropdbStmt' in node) return 'DropDatabase';
  if ('RefreshMatViewStmt' in node) return 'RefreshMaterializedView';
  if ('VacuumStmt' in node) return node.VacuumStmt.is_vacuumcmd === true ? 'Vacuum' : 'Analyze';
  if ('GrantStmt' in node) return node.GrantStmt.is_grant === true ? 'Grant' : 'Revoke';
  if ('GrantRoleStmt' in node) return node.GrantRoleStmt.is_grant === true ? 'GrantRole' : 'RevokeRole';
  return (Object.keys(node)[0] ?? 'Unknown').replace(/Stmt$/, '');
}
