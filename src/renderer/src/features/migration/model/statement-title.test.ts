import { describe, expect, it } from 'vitest';
import { statementTitle } from './statement-title.ts';

describe('statementTitle', () => {
  it.each([
    ['AlterTable.AddColumn', 'ALTER TABLE app.users\n  ADD COLUMN email_verified boolean', 'Add column email_verified'],
    ['AlterTable.AddColumn', 'alter table t add if not exists "Odd ""Name""" int', 'Add column "Odd ""Name"""'],
    ['AlterTable.AddColumn+DropColumn', 'alter table t add a int, drop b', 'Add column a and 1 more'],
    ['AlterTable.ColumnDefault', 'alter table t alter column a drop default', 'Drop default of a'],
    ['AlterTable.SetNotNull', 'alter table t alter a set not null', 'Set a not null'],
    ['AlterTable.AddConstraint', 'alter table t add constraint k check (a > 0) not valid', 'Add check k'],
    ['AlterTable.AddConstraint', 'alter table t add primary key (id)', 'Add constraint'],
    ['AlterTable.RenameColumn', 'alter table t rename a to größe', 'Rename column a to größe'],
    ['CreateIndex', 'CREATE INDEX CONCURRENTLY i ON t (a)', 'Create index concurrently'],
    ['DropIndex', 'DROP INDEX CONCURRENTLY IF EXISTS app.i', 'Drop index i concurrently'],
    ['DropTable', 'drop table app."select"', 'Drop table "select"'],
    ['Transaction.Begin', 'BEGIN', 'Begin transaction'],
    ['CreateMaterializedView', 'create materialized view m as select 1', 'Create materialized view'],
    ['AlterTable.SetStatistics', 'alter table t alter a set statistics 100', 'Set statistics'],
  ])('%s: %s', (kind, text, title) => {
    expect(statementTitle({ kind, text })).toBe(title);
  });
});
