import type { Rule } from './rule.ts';
import { addColumnVolatileDefault } from './rules/add-column-volatile-default.ts';
import { addingCheckConstraint } from './rules/adding-check-constraint.ts';
import { addingForeignKeyConstraint } from './rules/adding-foreign-key-constraint.ts';
import { addingRequiredField } from './rules/adding-required-field.ts';
import { addingUniqueConstraint } from './rules/adding-unique-constraint.ts';
import { concurrentlyInTransaction } from './rules/concurrently-in-transaction.ts';
import { invalidSuppression } from './rules/invalid-suppression.ts';
import { missingDownMigration } from './rules/missing-down-migration.ts';
import { requireConcurrentIndexCreation } from './rules/require-concurrent-index-creation.ts';
import { requireConcurrentIndexDeletion } from './rules/require-concurrent-index-deletion.ts';
import { requireConcurrentRefreshMatview } from './rules/require-concurrent-refresh-matview.ts';
import { requireConcurrentReindex } from './rules/require-concurrent-reindex.ts';
import { setNotNullFullScan } from './rules/set-not-null-full-scan.ts';
import { syntaxError } from './rules/syntax-error.ts';
import { validateConstraintInSameTransaction } from './rules/validate-constraint-in-same-transaction.ts';

/** Every rule, in the order of their ids; a test holds it equal to the folder. */
export const allRules: readonly Rule[] = [
  addColumnVolatileDefault,
  addingCheckConstraint,
  addingForeignKeyConstraint,
  addingRequiredField,
  addingUniqueConstraint,
  concurrentlyInTransaction,
  invalidSuppression,
  missingDownMigration,
  requireConcurrentIndexCreation,
  requireConcurrentIndexDeletion,
  requireConcurrentRefreshMatview,
  requireConcurrentReindex,
  setNotNullFullScan,
  syntaxError,
  validateConstraintInSameTransaction,
];
