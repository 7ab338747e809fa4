import { describe, expect, it } from 'vitest';
import { linkInWords, linkStatements } from './link-statements.ts';
import { inDirection, statementOf } from './report-fixture.ts';

const s = statementOf;
const up = (...statements: Parameters<typeof inDirection> extends [unknown, ...infer R] ? R : never) =>
  inDirection('up', ...statements);
const down = (...statements: Parameters<typeof inDirection> extends [unknown, ...infer R] ? R : never) =>
  inDirection('down', ...statements);

describe('linkStatements', () => {
  it('joins statements with their inverses in reverse order', () => {
    const links = linkStatements(
      up(
        s('AlterTable.AddColumn', 'ALTER TABLE app.users ADD COLUMN email_verified boolean NOT NULL DEFAULT false'),
        s('Update', 'UPDATE app.users SET email_verified = true WHERE confirmed_at IS NOT NULL'),
        s('CreateIndex', 'CREATE INDEX CONCURRENTLY orders_customer_idx ON app.orders (customer_id)', {
          objects: [{ schema: 'app', name: 'orders' }],
        }),
      ),
      down(
        s('DropIndex', 'DROP INDEX CONCURRENTLY app.orders_customer_idx'),
        s('AlterTable.DropColumn', 'ALTER TABLE app.users DROP COLUMN email_verified'),
      ),
    );
    expect(links).toEqual([
      { up: 0, kind: 'inverse', down: 1 },
      { up: 1, kind: 'covered', by: 0, down: 1 },
      { up: 2, kind: 'inverse', down: 0 },
    ]);
  });

  it('tells two columns of one table apart by their names', () => {
    const links = linkStatements(
      up(
        s('AlterTable.AddColumn', 'alter table users add a int'),
        s('AlterTable.AddColumn', 'alter table users add b int'),
      ),
      down(
        s('AlterTable.DropColumn', 'alter table users drop a'),
        s('AlterTable.DropColumn', 'alter table users drop b'),
      ),
    );
    expect(links).toEqual([
      { up: 0, kind: 'inverse', down: 0 },
      { up: 1, kind: 'inverse', down: 1 },
    ]);
  });

  it('sees that steps of the safe NOT NULL form cancel each other', () => {
    const links = linkStatements(
      up(
        s('AlterTable.AddConstraint', 'alter table users add constraint users_a_nn check (a is not null) not valid'),
        s('AlterTable.ValidateConstraint', 'alter table users validate constraint users_a_nn'),
        s('AlterTable.SetNotNull', 'alter table users alter column a set not null'),
        s('AlterTable.DropConstraint', 'alter table users drop constraint users_a_nn'),
      ),
      down(s('AlterTable.DropNotNull', 'alter table users alter column a drop not null')),
    );
    expect(links.map((link) => link.kind)).toEqual(['covered', 'not needed', 'inverse', 'covered']);
    expect(links[0]).toMatchObject({ by: 3, down: null });
  });

  it('takes a rename back with a rename', () => {
    expect(
      linkStatements(
        up(s('AlterTable.RenameColumn', 'alter table users rename column a to b')),
        down(s('AlterTable.RenameColumn', 'alter table users rename column b to a')),
      ),
    ).toEqual([{ up: 0, kind: 'inverse', down: 0 }]);
  });

  it('says plainly that there is no inverse', () => {
    const links = linkStatements(
      up(
        s('AlterEnum.AddValue', "alter type order_status add value 'returned'"),
        s('SetLocal', "set local lock_timeout = '2s'"),
      ),
      down(),
    );
    expect(links.map((link) => link.kind)).toEqual(['none', 'not needed']);
    expect(links[0] && linkInWords(links[0])).toBe('Statement 1 has no inverse');
  });

  it('does not join opposites that share no name', () => {
    const links = linkStatements(up(s('CreateIndex', 'create index i on t (a)')), down(s('DropIndex', 'drop index j')));
    expect(links[0]?.kind).toBe('none');
  });

  it('does not take an index on a column for the maker of that column', () => {
    const links = linkStatements(
      up(
        s('AlterTable.AlterColumnType', 'alter table users alter column note type varchar(100)'),
        s('CreateIndex', 'create index users_note_idx on users (id, note)'),
        s('AlterTable.SetNotNull', 'alter table users alter column note set not null'),
      ),
      down(s('DropIndex', 'drop index users_note_idx')),
    );
    expect(links.map((link) => link.kind)).toEqual(['none', 'inverse', 'none']);
  });

  it('does not take dropping one column for the inverse of adding another', () => {
    const added = s('AlterTable.AddColumn', 'alter table users add column a int');
    const dropped = s('AlterTable.DropColumn', 'alter table users drop column b');
    expect(linkStatements(up(added), down(dropped))).toEqual([{ up: 0, kind: 'none' }]);
    expect(linkStatements(up(added, dropped), down()).map((link) => link.kind)).toEqual(['none', 'none']);
    const other = s('Update', 'update orders set a = 1', { objects: [{ schema: 'app', name: 'orders' }] });
    const undone = s('AlterTable.DropColumn', 'alter table users drop column a');
    expect(linkStatements(up(added, other), down(undone)).map((link) => link.kind)).toEqual(['inverse', 'none']);
  });

  it('knows what the server calls a thing that was made without a name', () => {
    const unnamed = s('AlterTable.AddConstraint', 'alter table users add check (a > 0)');
    const named = s('AlterTable.DropConstraint', 'alter table users drop constraint users_a_check');
    const other = s('AlterTable.DropConstraint', 'alter table users drop constraint positive');
    expect(linkStatements(up(unnamed), down(named))[0]?.kind).toBe('inverse');
    expect(linkStatements(up(unnamed), down(other))[0]?.kind).toBe('none');
  });

  it('finds one of several names in a list, and none in literals', () => {
    const made = s('CreateTable', 'create table "B" (id int)', { objects: [{ schema: 'app', name: 'B' }] });
    const both = s('DropTable', 'drop table if exists app.a, app."B"');
    expect(linkStatements(up(made), down(both))[0]?.kind).toBe('inverse');
    const quoted = s('CreateFunction', "create function f() returns void as 'drop table b' language sql");
    expect(linkStatements(up(quoted), down(s('DropFunction', 'drop function b')))[0]?.kind).toBe('none');
  });

  it('compares quoted names exactly and plain names folded', () => {
    const links = linkStatements(
      up(
        s('AlterTable.AddColumn', 'alter table "T" add "Größe" int'),
        s('AlterTable.AddColumn', 'alter table "T" add OTHER int'),
      ),
      down(
        s('AlterTable.DropColumn', 'alter table "T" drop other'),
        s('AlterTable.DropColumn', 'alter table "T" drop "Größe"'),
      ),
    );
    expect(links).toEqual([
      { up: 0, kind: 'inverse', down: 1 },
      { up: 1, kind: 'inverse', down: 0 },
    ]);
  });
});
