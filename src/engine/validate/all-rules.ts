import type { Rule } from './rule.ts';
import { addColumnBreaksPositionalInsert } from './rules/add-column-breaks-positional-insert.ts';
import { addColumnConstrainedDomain } from './rules/add-column-constrained-domain.ts';
import { addColumnDefaultBeforePg11 } from './rules/add-column-default-before-pg11.ts';
import { addColumnGeneratedStored } from './rules/add-column-generated-stored.ts';
import { addColumnIdentity } from './rules/add-column-identity.ts';
import { addColumnSerial } from './rules/add-column-serial.ts';
import { addColumnVolatileDefault } from './rules/add-column-volatile-default.ts';
import { addingCheckConstraint } from './rules/adding-check-constraint.ts';
import { addingExclusionConstraint } from './rules/adding-exclusion-constraint.ts';
import { addingForeignKeyConstraint } from './rules/adding-foreign-key-constraint.ts';
import { addingJsonColumn } from './rules/adding-json-column.ts';
import { addingPrimaryKeyConstraint } from './rules/adding-primary-key-constraint.ts';
import { addingRequiredField } from './rules/adding-required-field.ts';
import { addingUniqueConstraint } from './rules/adding-unique-constraint.ts';
import { alterColumnCollation } from './rules/alter-column-collation.ts';
import { alterSystemOrRole } from './rules/alter-system-or-role.ts';
import { alterTypeUsingOtherColumn } from './rules/alter-type-using-other-column.ts';
import { analyzeAfterExpressionIndex } from './rules/analyze-after-expression-index.ts';
import { attachPartitionBuildsIndex } from './rules/attach-partition-builds-index.ts';
import { attachPartitionScansDefault } from './rules/attach-partition-scans-default.ts';
import { attachPartitionWithoutCheck } from './rules/attach-partition-without-check.ts';
import { autovacuumDisabled } from './rules/autovacuum-disabled.ts';
import { banCharField } from './rules/ban-char-field.ts';
import { banDropColumn } from './rules/ban-drop-column.ts';
import { banDropDatabase } from './rules/ban-drop-database.ts';
import { banDropNotNull } from './rules/ban-drop-not-null.ts';
import { banDropObject } from './rules/ban-drop-object.ts';
import { banDropSchema } from './rules/ban-drop-schema.ts';
import { banDropTable } from './rules/ban-drop-table.ts';
import { banDropTablespace } from './rules/ban-drop-tablespace.ts';
import { banDuplicateColumnAssignments } from './rules/ban-duplicate-column-assignments.ts';
import { banTruncate } from './rules/ban-truncate.ts';
import { banTruncateCascade } from './rules/ban-truncate-cascade.ts';
import { cachedPlanResultType } from './rules/cached-plan-result-type.ts';
import { caseOrQuoteCollision } from './rules/case-or-quote-collision.ts';
import { changingColumnType } from './rules/changing-column-type.ts';
import { changingDefault } from './rules/changing-default.ts';
import { cluster } from './rules/cluster.ts';
import { columnAlignmentPadding } from './rules/column-alignment-padding.ts';
import { columnTypeChangeRebuildsIndex } from './rules/column-type-change-rebuilds-index.ts';
import { combineAlterTable } from './rules/combine-alter-table.ts';
import { concurrentBuildWaitsOnOldSnapshots } from './rules/concurrent-build-waits-on-old-snapshots.ts';
import { concurrentRefreshMatviewLock } from './rules/concurrent-refresh-matview-lock.ts';
import { concurrentlyInTransaction } from './rules/concurrently-in-transaction.ts';
import { conditionNeverTrue } from './rules/condition-never-true.ts';
import { constraintMayFailOnExistingRows } from './rules/constraint-may-fail-on-existing-rows.ts';
import { createDomainWithConstraint } from './rules/create-domain-with-constraint.ts';
import { createExtension } from './rules/create-extension.ts';
import { createPartitionOfLocksParent } from './rules/create-partition-of-locks-parent.ts';
import { createRule } from './rules/create-rule.ts';
import { createTableAsLarge } from './rules/create-table-as-large.ts';
import { createTableForce } from './rules/create-table-force.ts';
import { createTriggerLock } from './rules/create-trigger-lock.ts';
import { creatingEnum } from './rules/creating-enum.ts';
import { dataChangeMixedWithDdl } from './rules/data-change-mixed-with-ddl.ts';
import { ddlAndBackfillSameTransaction } from './rules/ddl-and-backfill-same-transaction.ts';
import { ddlOnPartitionChild } from './rules/ddl-on-partition-child.ts';
import { ddlOnPartitionedParentFansOut } from './rules/ddl-on-partitioned-parent-fans-out.ts';
import { ddlOnPublishedTable } from './rules/ddl-on-published-table.ts';
import { defaultStampedOnce } from './rules/default-stamped-once.ts';
import { deleteWithoutWhere } from './rules/delete-without-where.ts';
import { dependentViewBlocksAlter } from './rules/dependent-view-blocks-alter.ts';
import { detachConcurrentlyWithDefaultPartition } from './rules/detach-concurrently-with-default-partition.ts';
import { disableRls } from './rules/disable-rls.ts';
import { disableTrigger } from './rules/disable-trigger.ts';
import { disableTriggerAll } from './rules/disable-trigger-all.ts';
import { disallowedSchema } from './rules/disallowed-schema.ts';
import { discouragedType } from './rules/discouraged-type.ts';
import { domainConstraintScansTables } from './rules/domain-constraint-scans-tables.ts';
import { downMigrationDataLoss } from './rules/down-migration-data-loss.ts';
import { downMigrationIncompleteRestore } from './rules/down-migration-incomplete-restore.ts';
import { downNotInverse } from './rules/down-not-inverse.ts';
import { dropCascade } from './rules/drop-cascade.ts';
import { dropColumnDropsDependents } from './rules/drop-column-drops-dependents.ts';
import { dropConstraint } from './rules/drop-constraint.ts';
import { dropFunctionOrSignatureChange } from './rules/drop-function-or-signature-change.ts';
import { dropIndexBackingConstraint } from './rules/drop-index-backing-constraint.ts';
import { dropOwnedSequenceInUse } from './rules/drop-owned-sequence-in-use.ts';
import { dropPrimaryKey } from './rules/drop-primary-key.ts';
import { dropReplicaIdentityIndex } from './rules/drop-replica-identity-index.ts';
import { dropTrigger } from './rules/drop-trigger.ts';
import { droppingDefaultOfRequiredColumn } from './rules/dropping-default-of-required-column.ts';
import { droppingUsedIndex } from './rules/dropping-used-index.ts';
import { duplicateIndex } from './rules/duplicate-index.ts';
import { duplicateIndexColumn } from './rules/duplicate-index-column.ts';
import { emptyOrMisnamedMigration } from './rules/empty-or-misnamed-migration.ts';
import { endingInheritance } from './rules/ending-inheritance.ts';
import { enumAddValueInTransaction } from './rules/enum-add-value-in-transaction.ts';
import { enumValueOrdering } from './rules/enum-value-ordering.ts';
import { enumValueUsedInSameTransaction } from './rules/enum-value-used-in-same-transaction.ts';
import { explicitLockTable } from './rules/explicit-lock-table.ts';
import { extensionSpecificDdl } from './rules/extension-specific-ddl.ts';
import { fkNondeterministicCollation } from './rules/fk-nondeterministic-collation.ts';
import { fkOptions } from './rules/fk-options.ts';
import { fkTargetNotUnique } from './rules/fk-target-not-unique.ts';
import { fkTypeMismatch } from './rules/fk-type-mismatch.ts';
import { foreignKeyLocksReferencedTable } from './rules/foreign-key-locks-referenced-table.ts';
import { functionBodyReferencesChangedObject } from './rules/function-body-references-changed-object.ts';
import { generatedAlwaysRejectsExplicit } from './rules/generated-always-rejects-explicit.ts';
import { ginOnJsonbDefaultOpclass } from './rules/gin-on-jsonb-default-opclass.ts';
import { grantWidening } from './rules/grant-widening.ts';
import { hashIndex } from './rules/hash-index.ts';
import { identifierTooLong } from './rules/identifier-too-long.ts';
import { ifNotExistsMasksDrift } from './rules/if-not-exists-masks-drift.ts';
import { implicitTransactionMultiStatement } from './rules/implicit-transaction-multi-statement.ts';
import { indexDisablesHotUpdates } from './rules/index-disables-hot-updates.ts';
import { indexOnPartitionedParent } from './rules/index-on-partitioned-parent.ts';
import { invalidIndexAfterFailedConcurrently } from './rules/invalid-index-after-failed-concurrently.ts';
import { invalidSuppression } from './rules/invalid-suppression.ts';
import { knownQueryBreaks } from './rules/known-query-breaks.ts';
import { largeOrHotTableDdl } from './rules/large-or-hot-table-ddl.ts';
import { lockTimeoutSetTooLate } from './rules/lock-timeout-set-too-late.ts';
import { lockTimeoutZeroOrTooLong } from './rules/lock-timeout-zero-or-too-long.ts';
import { lockUpgradeInTransaction } from './rules/lock-upgrade-in-transaction.ts';
import { longLockQueueRisk } from './rules/long-lock-queue-risk.ts';
import { maxLocksExhaustion } from './rules/max-locks-exhaustion.ts';
import { missingApplicationName } from './rules/missing-application-name.ts';
import { missingDownMigration } from './rules/missing-down-migration.ts';
import { missingForeignKeyIndex } from './rules/missing-foreign-key-index.ts';
import { missingPrimaryKey } from './rules/missing-primary-key.ts';
import { multipleForeignKeysOneMigration } from './rules/multiple-foreign-keys-one-migration.ts';
import { multipleTablesLockedInTransaction } from './rules/multiple-tables-locked-in-transaction.ts';
import { namingConvention } from './rules/naming-convention.ts';
import { narrowingColumnType } from './rules/narrowing-column-type.ts';
import { needsNewerServer } from './rules/needs-newer-server.ts';
import { newConstraintRejectsOldWrites } from './rules/new-constraint-rejects-old-writes.ts';
import { newObjectMissingGrants } from './rules/new-object-missing-grants.ts';
import { newTableWithoutRls } from './rules/new-table-without-rls.ts';
import { nonLinearHistory } from './rules/non-linear-history.ts';
import { nonSnakeCaseIdentifier } from './rules/non-snake-case-identifier.ts';
import { notEnforcedConstraint } from './rules/not-enforced-constraint.ts';
import { notValidFkOnPartitionedTable } from './rules/not-valid-fk-on-partitioned-table.ts';
import { notValidNeverValidated } from './rules/not-valid-never-validated.ts';
import { nullableForeignKey } from './rules/nullable-foreign-key.ts';
import { objectAlreadyExists } from './rules/object-already-exists.ts';
import { onConflictTargetRemoved } from './rules/on-conflict-target-removed.ts';
import { onDeleteCascade } from './rules/on-delete-cascade.ts';
import { ownershipOrRoleCheck } from './rules/ownership-or-role-check.ts';
import { partialApplyNotRetryable } from './rules/partial-apply-not-retryable.ts';
import { partitionKeyMissingFromUnique } from './rules/partition-key-missing-from-unique.ts';
import { pendingTriggerEvents } from './rules/pending-trigger-events.ts';
import { pkWidenedButFkColumnsNot } from './rules/pk-widened-but-fk-columns-not.ts';
import { policyChange } from './rules/policy-change.ts';
import { preferBigintOverInt } from './rules/prefer-bigint-over-int.ts';
import { preferBigintOverSmallint } from './rules/prefer-bigint-over-smallint.ts';
import { preferIdentity } from './rules/prefer-identity.ts';
import { preferJsonb } from './rules/prefer-jsonb.ts';
import { preferRobustStatements } from './rules/prefer-robust-statements.ts';
import { preferTextField } from './rules/prefer-text-field.ts';
import { preferTimestamptz } from './rules/prefer-timestamptz.ts';
import { primaryKeyUsingNullableIndex } from './rules/primary-key-using-nullable-index.ts';
import { priorBackupForDml } from './rules/prior-backup-for-dml.ts';
import { privilegeChangeMixedWithDdl } from './rules/privilege-change-mixed-with-ddl.ts';
import { publicationColumnListBlocksDrop } from './rules/publication-column-list-blocks-drop.ts';
import { publishedTableWithoutReplicaIdentity } from './rules/published-table-without-replica-identity.ts';
import { queryLint } from './rules/query-lint.ts';
import { recreateObjectLosesGrants } from './rules/recreate-object-loses-grants.ts';
import { redundantIndex } from './rules/redundant-index.ts';
import { reindexAfterCollationChange } from './rules/reindex-after-collation-change.ts';
import { removingEnumValue } from './rules/removing-enum-value.ts';
import { renamingColumn } from './rules/renaming-column.ts';
import { renamingEnumValue } from './rules/renaming-enum-value.ts';
import { renamingOtherObject } from './rules/renaming-other-object.ts';
import { renamingSchema } from './rules/renaming-schema.ts';
import { renamingTable } from './rules/renaming-table.ts';
import { replaceFunctionLosesAttributes } from './rules/replace-function-loses-attributes.ts';
import { replaceFunctionUsedByIndex } from './rules/replace-function-used-by-index.ts';
import { replaceViewIncompatibleColumns } from './rules/replace-view-incompatible-columns.ts';
import { replaceViewLosesOptions } from './rules/replace-view-loses-options.ts';
import { replacingAnIndex } from './rules/replacing-an-index.ts';
import { replicaIdentityFull } from './rules/replica-identity-full.ts';
import { requireComment } from './rules/require-comment.ts';
import { requireConcurrentIndexCreation } from './rules/require-concurrent-index-creation.ts';
import { requireConcurrentIndexDeletion } from './rules/require-concurrent-index-deletion.ts';
import { requireConcurrentPartitionDetach } from './rules/require-concurrent-partition-detach.ts';
import { requireConcurrentRefreshMatview } from './rules/require-concurrent-refresh-matview.ts';
import { requireConcurrentReindex } from './rules/require-concurrent-reindex.ts';
import { requireIdleInTransactionTimeout } from './rules/require-idle-in-transaction-timeout.ts';
import { requireLockTimeout } from './rules/require-lock-timeout.ts';
import { requireSchemaQualified } from './rules/require-schema-qualified.ts';
import { requireStatementTimeout } from './rules/require-statement-timeout.ts';
import { reservedKeywordIdentifier } from './rules/reserved-keyword-identifier.ts';
import { revokeInUse } from './rules/revoke-in-use.ts';
import { rewriteDiskHeadroom } from './rules/rewrite-disk-headroom.ts';
import { rewriteWalAndSlots } from './rules/rewrite-wal-and-slots.ts';
import { rlsEnabledWithoutPolicy } from './rules/rls-enabled-without-policy.ts';
import { savepointXidBurn } from './rules/savepoint-xid-burn.ts';
import { securityDefinerSearchPath } from './rules/security-definer-search-path.ts';
import { selfConflictingConcurrentOperations } from './rules/self-conflicting-concurrent-operations.ts';
import { sequenceNotReset } from './rules/sequence-not-reset.ts';
import { sequenceRestartBelowMax } from './rules/sequence-restart-below-max.ts';
import { sequenceTypeStaysInt } from './rules/sequence-type-stays-int.ts';
import { sessionSettingLeaks } from './rules/session-setting-leaks.ts';
import { setAccessMethod } from './rules/set-access-method.ts';
import { setDefaultIgnoresExistingRows } from './rules/set-default-ignores-existing-rows.ts';
import { setGeneratedExpression } from './rules/set-generated-expression.ts';
import { setLocalOutsideTransaction } from './rules/set-local-outside-transaction.ts';
import { setLoggedUnlogged } from './rules/set-logged-unlogged.ts';
import { setNotNullFullScan } from './rules/set-not-null-full-scan.ts';
import { setSchemaMovesObject } from './rules/set-schema-moves-object.ts';
import { setTablespace } from './rules/set-tablespace.ts';
import { shortIntegerPrimaryKey } from './rules/short-integer-primary-key.ts';
import { specialisedIndexAdvice } from './rules/specialised-index-advice.ts';
import { standbyQueryCancel } from './rules/standby-query-cancel.ts';
import { statementRefused } from './rules/statement-refused.ts';
import { statementTimeoutKillsConcurrentBuild } from './rules/statement-timeout-kills-concurrent-build.ts';
import { statementWhileHoldingAccessExclusive } from './rules/statement-while-holding-access-exclusive.ts';
import { syntaxError } from './rules/syntax-error.ts';
import { syntaxOrUnknownObject } from './rules/syntax-or-unknown-object.ts';
import { tableColumnNameConflict } from './rules/table-column-name-conflict.ts';
import { tableDesignLint } from './rules/table-design-lint.ts';
import { tableSwapLosesAttachments } from './rules/table-swap-loses-attachments.ts';
import { toastUpdateBloat } from './rules/toast-update-bloat.ts';
import { tooManyIndexes } from './rules/too-many-indexes.ts';
import { transactionNesting } from './rules/transaction-nesting.ts';
import { triggerFiresOnBackfill } from './rules/trigger-fires-on-backfill.ts';
import { truncatedNameCollision } from './rules/truncated-name-collision.ts';
import { unbatchedBackfill } from './rules/unbatched-backfill.ts';
import { uncheckedDoBlock } from './rules/unchecked-do-block.ts';
import { uncommittedTransaction } from './rules/uncommitted-transaction.ts';
import { unindexedPolicyColumn } from './rules/unindexed-policy-column.ts';
import { uniqueIndexOverDuplicates } from './rules/unique-index-over-duplicates.ts';
import { uniqueInsteadOfPrimaryKey } from './rules/unique-instead-of-primary-key.ts';
import { unloggedTable } from './rules/unlogged-table.ts';
import { unnamedConstraintOrIndex } from './rules/unnamed-constraint-or-index.ts';
import { unownedOrSharedSequence } from './rules/unowned-or-shared-sequence.ts';
import { unusedIndex } from './rules/unused-index.ts';
import { updateWithoutWhere } from './rules/update-without-where.ts';
import { vacuumFull } from './rules/vacuum-full.ts';
import { validateConstraintInSameTransaction } from './rules/validate-constraint-in-same-transaction.ts';
import { volatileCheckConstraint } from './rules/volatile-check-constraint.ts';
import { wideIndex } from './rules/wide-index.ts';
import { wraparoundVacuumConflict } from './rules/wraparound-vacuum-conflict.ts';

/** Every rule, in the order of their ids; a test holds it equal to the folder. */
export const allRules: readonly Rule[] = [
  addColumnBreaksPositionalInsert,
  addColumnConstrainedDomain,
  addColumnDefaultBeforePg11,
  addColumnGeneratedStored,
  addColumnIdentity,
  addColumnSerial,
  addColumnVolatileDefault,
  addingCheckConstraint,
  addingExclusionConstraint,
  addingForeignKeyConstraint,
  addingJsonColumn,
  addingPrimaryKeyConstraint,
  addingRequiredField,
  addingUniqueConstraint,
  alterColumnCollation,
  alterSystemOrRole,
  alterTypeUsingOtherColumn,
  analyzeAfterExpressionIndex,
  attachPartitionBuildsIndex,
  attachPartitionScansDefault,
  attachPartitionWithoutCheck,
  autovacuumDisabled,
  banCharField,
  banDropColumn,
  banDropDatabase,
  banDropNotNull,
  banDropObject,
  banDropSchema,
  banDropTable,
  banDropTablespace,
  banDuplicateColumnAssignments,
  banTruncate,
  banTruncateCascade,
  cachedPlanResultType,
  caseOrQuoteCollision,
  changingColumnType,
  changingDefault,
  cluster,
  columnAlignmentPadding,
  columnTypeChangeRebuildsIndex,
  combineAlterTable,
  concurrentBuildWaitsOnOldSnapshots,
  concurrentRefreshMatviewLock,
  concurrentlyInTransaction,
  conditionNeverTrue,
  constraintMayFailOnExistingRows,
  createDomainWithConstraint,
  createExtension,
  createPartitionOfLocksParent,
  createRule,
  createTableAsLarge,
  createTableForce,
  createTriggerLock,
  creatingEnum,
  dataChangeMixedWithDdl,
  ddlAndBackfillSameTransaction,
  ddlOnPartitionChild,
  ddlOnPartitionedParentFansOut,
  ddlOnPublishedTable,
  defaultStampedOnce,
  deleteWithoutWhere,
  dependentViewBlocksAlter,
  detachConcurrentlyWithDefaultPartition,
  disableRls,
  disableTrigger,
  disableTriggerAll,
  disallowedSchema,
  discouragedType,
  domainConstraintScansTables,
  downMigrationDataLoss,
  downMigrationIncompleteRestore,
  downNotInverse,
  dropCascade,
  dropColumnDropsDependents,
  dropConstraint,
  dropFunctionOrSignatureChange,
  dropIndexBackingConstraint,
  dropOwnedSequenceInUse,
  dropPrimaryKey,
  dropReplicaIdentityIndex,
  dropTrigger,
  droppingDefaultOfRequiredColumn,
  droppingUsedIndex,
  duplicateIndex,
  duplicateIndexColumn,
  emptyOrMisnamedMigration,
  endingInheritance,
  enumAddValueInTransaction,
  enumValueOrdering,
  enumValueUsedInSameTransaction,
  explicitLockTable,
  extensionSpecificDdl,
  fkNondeterministicCollation,
  fkOptions,
  fkTargetNotUnique,
  fkTypeMismatch,
  foreignKeyLocksReferencedTable,
  functionBodyReferencesChangedObject,
  generatedAlwaysRejectsExplicit,
  ginOnJsonbDefaultOpclass,
  grantWidening,
  hashIndex,
  identifierTooLong,
  ifNotExistsMasksDrift,
  implicitTransactionMultiStatement,
  indexDisablesHotUpdates,
  indexOnPartitionedParent,
  invalidIndexAfterFailedConcurrently,
  invalidSuppression,
  knownQueryBreaks,
  largeOrHotTableDdl,
  lockTimeoutSetTooLate,
  lockTimeoutZeroOrTooLong,
  lockUpgradeInTransaction,
  longLockQueueRisk,
  maxLocksExhaustion,
  missingApplicationName,
  missingDownMigration,
  missingForeignKeyIndex,
  missingPrimaryKey,
  multipleForeignKeysOneMigration,
  multipleTablesLockedInTransaction,
  namingConvention,
  narrowingColumnType,
  needsNewerServer,
  newConstraintRejectsOldWrites,
  newObjectMissingGrants,
  newTableWithoutRls,
  nonLinearHistory,
  nonSnakeCaseIdentifier,
  notEnforcedConstraint,
  notValidFkOnPartitionedTable,
  notValidNeverValidated,
  nullableForeignKey,
  objectAlreadyExists,
  onConflictTargetRemoved,
  onDeleteCascade,
  ownershipOrRoleCheck,
  partialApplyNotRetryable,
  partitionKeyMissingFromUnique,
  pendingTriggerEvents,
  pkWidenedButFkColumnsNot,
  policyChange,
  preferBigintOverInt,
  preferBigintOverSmallint,
  preferIdentity,
  preferJsonb,
  preferRobustStatements,
  preferTextField,
  preferTimestamptz,
  primaryKeyUsingNullableIndex,
  priorBackupForDml,
  privilegeChangeMixedWithDdl,
  publicationColumnListBlocksDrop,
  publishedTableWithoutReplicaIdentity,
  queryLint,
  recreateObjectLosesGrants,
  redundantIndex,
  reindexAfterCollationChange,
  removingEnumValue,
  renamingColumn,
  renamingEnumValue,
  renamingOtherObject,
  renamingSchema,
  renamingTable,
  replaceFunctionLosesAttributes,
  replaceFunctionUsedByIndex,
  replaceViewIncompatibleColumns,
  replaceViewLosesOptions,
  replacingAnIndex,
  replicaIdentityFull,
  requireComment,
  requireConcurrentIndexCreation,
  requireConcurrentIndexDeletion,
  requireConcurrentPartitionDetach,
  requireConcurrentRefreshMatview,
  requireConcurrentReindex,
  requireIdleInTransactionTimeout,
  requireLockTimeout,
  requireSchemaQualified,
  requireStatementTimeout,
  reservedKeywordIdentifier,
  revokeInUse,
  rewriteDiskHeadroom,
  rewriteWalAndSlots,
  rlsEnabledWithoutPolicy,
  savepointXidBurn,
  securityDefinerSearchPath,
  selfConflictingConcurrentOperations,
  sequenceNotReset,
  sequenceRestartBelowMax,
  sequenceTypeStaysInt,
  sessionSettingLeaks,
  setAccessMethod,
  setDefaultIgnoresExistingRows,
  setGeneratedExpression,
  setLocalOutsideTransaction,
  setLoggedUnlogged,
  setNotNullFullScan,
  setSchemaMovesObject,
  setTablespace,
  shortIntegerPrimaryKey,
  specialisedIndexAdvice,
  standbyQueryCancel,
  statementRefused,
  statementTimeoutKillsConcurrentBuild,
  statementWhileHoldingAccessExclusive,
  syntaxError,
  syntaxOrUnknownObject,
  tableColumnNameConflict,
  tableDesignLint,
  tableSwapLosesAttachments,
  toastUpdateBloat,
  tooManyIndexes,
  transactionNesting,
  triggerFiresOnBackfill,
  truncatedNameCollision,
  unbatchedBackfill,
  uncheckedDoBlock,
  uncommittedTransaction,
  unindexedPolicyColumn,
  uniqueIndexOverDuplicates,
  uniqueInsteadOfPrimaryKey,
  unloggedTable,
  unnamedConstraintOrIndex,
  unownedOrSharedSequence,
  unusedIndex,
  updateWithoutWhere,
  vacuumFull,
  validateConstraintInSameTransaction,
  volatileCheckConstraint,
  wideIndex,
  wraparoundVacuumConflict,
];
