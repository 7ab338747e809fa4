/** A layer of the read-only session that the server holds; the guard of the session itself must stop every bypass. */
export type ServerLayer =
  /** `default_transaction_read_only`, without a transaction of its own. */
  | 'default'
  /** `BEGIN READ ONLY`, without that default. */
  | 'transaction'
  /** One statement in each message of the extended protocol. */
  | 'protocol';

/** A known way around a read-only session, and which layers stop it when they stand alone. */
export type Bypass = { readonly what: string; readonly text: string; readonly stoppedBy: readonly ServerLayer[] };

const bypass = (what: string, text: string, ...stoppedBy: readonly ServerLayer[]): Bypass => ({
  what,
  text,
  stoppedBy,
});

/** On the database of `read-only.test.ts`, whose user is the superuser: no privilege stands in the way. */
export const bypasses: readonly Bypass[] = [
  bypass('a plain write', 'delete from things', 'default', 'transaction'),
  bypass(
    'MERGE',
    'merge into things using things t on false when not matched then insert values (2)',
    'default',
    'transaction',
  ),
  bypass('TRUNCATE', 'truncate things', 'default', 'transaction'),
  bypass(
    'a write inside WITH',
    'with gone as (delete from things returning *) select * from gone',
    'default',
    'transaction',
  ),
  bypass(
    'a write deep inside WITH',
    'select 1 from (with a as (with b as (update things set id = 3 returning 1) select 1) select 1) c',
    // The server knows a data-modifying WITH at the top only.
    'default',
    'transaction',
  ),
  bypass('a comment before a write', '/* select */ -- select\n delete from things', 'default', 'transaction'),
  bypass('a function that writes', 'select sneaky()', 'default', 'transaction'),
  bypass('a function in FROM', 'select * from sneaky()', 'default', 'transaction'),
  bypass('a function in FROM of a subquery', 'select (select a from lateral sneaky() a)', 'default', 'transaction'),
  bypass('a function with the rights of its owner', 'select public.lent()', 'default', 'transaction'),
  bypass('CALL', 'call clear_things()', 'default', 'transaction'),
  bypass('a DO block', 'do $$ begin delete from things; end $$', 'default', 'transaction'),
  bypass('a DO block in another quote', 'do $select$ begin delete from things; end $select$', 'default', 'transaction'),
  bypass('PREPARE', 'prepare gone as delete from things'),
  bypass('EXECUTE', 'execute gone', 'default', 'transaction'),
  bypass('EXPLAIN ANALYZE', 'explain analyze delete from things', 'default', 'transaction'),
  bypass('EXPLAIN with options', 'explain (costs off, analyze) delete from things', 'default', 'transaction'),
  bypass('EXPLAIN ANALYZE of a function', 'explain (analyze true) select sneaky()', 'default', 'transaction'),
  // The server lets EXPLAIN ANALYZE make a table, whatever the mode of the transaction.
  bypass('EXPLAIN ANALYZE of a new table', 'explain analyze create table made as select 1'),
  bypass('a new table', 'create table made (a integer)', 'default', 'transaction'),
  bypass('a temporary table', 'create temporary table made (a integer)', 'default', 'transaction'),
  bypass('a new table from a query', 'select 1 as a into made', 'default', 'transaction'),
  bypass('a row lock', 'select * from things for update', 'default', 'transaction'),
  bypass('a row lock in a subquery', 'select (select id from things for key share)', 'default', 'transaction'),
  bypass('a table lock', 'lock table things in access exclusive mode'),
  bypass('a sequence', "select nextval('counter')", 'default', 'transaction'),
  bypass('a sequence in quotes', `select pg_catalog."nextval"('counter')`, 'default', 'transaction'),
  bypass('a sequence set', "select setval('counter', 50)", 'default', 'transaction'),
  bypass('names spelled with escapes', `select u&"\\006eextval"('counter')`, 'default', 'transaction'),
  bypass(
    'names spelled with other escapes',
    `select u&"!006eextval" uescape '!' ('counter')`,
    'default',
    'transaction',
  ),
  bypass('a large object', "select lo_from_bytea(0, 'x')"),
  bypass('a large object from a file', "select lo_import('/etc/hostname')"),
  bypass('a large object to a file', "select lo_export(1, '/tmp/lockstep-made')"),
  bypass('COPY to a program', "copy things to program 'touch /tmp/lockstep-made'"),
  bypass('COPY to a file', "copy things to '/tmp/lockstep-made'"),
  bypass('COPY from a program', "copy things from program 'echo 2'", 'default', 'transaction'),
  bypass(
    'another connection of the server',
    `select dblink_exec('dbname=' || current_database(), 'delete from things')`,
  ),
  bypass('another connection in FROM', `select * from dblink('dbname=x', 'select 1') as t(a int)`),
  bypass('a file of the server', "select pg_read_file('postgresql.conf')"),
  bypass('a folder of the server', "select * from pg_ls_dir('.')"),
  bypass(
    'ending other sessions',
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()',
  ),
  bypass('an advisory lock', 'select pg_advisory_lock(1)'),
  bypass('new settings of the server', 'select pg_reload_conf()'),
  bypass('another file of WAL', 'select pg_switch_wal()'),
  bypass('ALTER SYSTEM', "alter system set work_mem = '1MB'", 'transaction'),
  bypass('a query in a text', `select query_to_xml('select sneaky()', true, true, '')`, 'default', 'transaction'),
  bypass('LISTEN', 'listen somebody'),
  bypass('NOTIFY', "notify somebody, 'hello'"),
  bypass('NOTIFY by a function', "select pg_notify('somebody', 'hello')"),
  bypass('VACUUM', 'vacuum things', 'transaction'),
  bypass('ANALYZE', 'analyze things'),
  bypass('REINDEX', 'reindex table things'),
  bypass('two statements', 'select 1; delete from things', 'default', 'transaction', 'protocol'),
  bypass('two statements behind a comment', 'select 1 /* ; */; commit; delete from things', 'protocol'),
  bypass('the end of the transaction, and a write', 'commit; delete from things', 'protocol'),
  bypass('leaving the read-only mode', 'set default_transaction_read_only = off'),
  bypass('leaving the read-only mode inside', "select set_config('transaction_read_only', 'off', true)"),
  bypass(
    'leaving the read-only mode with a joined name',
    "select set_config('transaction_' || 'read_only', 'off', true)",
  ),
  bypass('leaving the read-only mode of the session', 'set session characteristics as transaction read write'),
  bypass('leaving the read-only mode by reset', 'reset default_transaction_read_only'),
  bypass('leaving it with RESET ALL', 'reset all'),
  bypass('leaving it with DISCARD ALL', 'discard all', 'transaction'),
  bypass('lifting the timeouts', "select set_config('statement_timeout', '0', true)"),
  bypass('another role', 'set role postgres'),
  bypass('a transaction that writes', 'begin read write'),
  bypass('a transaction that does not say', 'begin'),
];
