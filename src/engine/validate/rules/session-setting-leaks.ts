import { as } from '../../sql/nodes.ts';
import { insertAt } from '../fixes.ts';
import { leakingSettings } from '../leaking-settings.ts';
import { defineRule } from '../rule.ts';
import { type SessionSetting, sessionSettings } from '../session-settings.ts';

const isTakenBack = (settings: readonly SessionSetting[], setting: SessionSetting): boolean =>
  settings.some(
    (later) =>
      later.statement.index > setting.statement.index &&
      !later.local &&
      (later.name === '*' || later.name === setting.name) &&
      (later.value === null || later.name !== setting.name || later.value !== setting.value),
  );

export const sessionSettingLeaks = defineRule({
  id: 'session-setting-leaks',
  title: 'Setting that outlives the migration',
  category: 'correctness',
  severity: 'info',
  servers: {},
  on: ['SelectStmt', 'VariableSetStmt'],
  docs: {
    what: 'SET, or set_config(…, false) as dumps write it, of a setting that changes what statements mean (role, session_replication_role, row_security, TimeZone and the like, and an empty search_path), which the file does not set back. Timeouts, and a search_path that names schemas, are not told: to set them is good advice.',
    why: 'It stays on the connection. A runner that keeps the connection carries it into the next migration; behind a pooler that shares connections between transactions it reaches the application, at random.',
    instead: 'SET LOCAL in a transaction, or RESET at the end of the file.',
    ignoreWhen: 'the runner opens a connection of its own for each file, and no pooler stands between.',
    manual: 'https://www.postgresql.org/docs/current/sql-set.html',
  },
  examples: [
    {
      name: 'as dumps begin',
      up: "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE app.t (id bigint PRIMARY KEY);",
      finds: [{ text: "SELECT pg_catalog.set_config('search_path', '', false)", severity: 'info' }],
    },
    {
      name: 'in a transaction, where LOCAL would do',
      up: 'begin; SET row_security = off; create table t (id bigint primary key); commit;',
      finds: [{ text: 'SET row_security = off' }],
      fixed: 'begin; SET LOCAL row_security = off; create table t (id bigint primary key); commit;',
    },
    { name: 'set back', up: 'set role owner; create table t (id bigint primary key); reset role;', finds: [] },
    {
      name: 'local',
      up: 'begin; set local search_path = app; create table t (id bigint primary key); commit;',
      finds: [],
    },
    {
      name: 'a search_path of one’s own',
      up: 'set search_path = app; create table t (id bigint primary key);',
      finds: [],
    },
    { name: 'timeouts', up: "set lock_timeout = '2s'; set statement_timeout = '1min';", finds: [] },
  ],
  check: (context) => {
    const settings = sessionSettings(context.script);
    const own = settings.find(({ statement }) => statement === context.statement);
    const consequence = leakingSettings.get(own?.name ?? '');
    if (own === undefined || consequence === undefined || own.local || own.value === null) return [];
    if (context.direction === 'down' || isTakenBack(settings, own)) return [];
    // A path that names schemas is what the migrations of most projects begin with.
    if (own.name === 'search_path' && own.value !== '') return [];
    // A later SET of the same setting is told instead.
    const again = settings.some(
      ({ statement, name, local }) => statement.index > own.statement.index && name === own.name && !local,
    );
    if (again) return [];
    const set = as(context.statement.node, 'VariableSetStmt') === undefined ? null : context.source.words('SET');
    // What runs behind the transaction runs under the setting, too.
    const isInForce = context.script.statements
      .slice(context.statement.index)
      .some(({ index }) => context.transactionOf(index).number !== context.transaction.number);
    return [
      {
        range: context.source.range,
        message: `${own.name} stays set on this connection after the file: for whoever uses it next ${consequence}`,
        evidence: { setting: own.name, value: own.value },
        fix:
          set === null ||
          isInForce ||
          context.transaction.number === null ||
          context.source.words('SET SESSION') !== null
            ? null
            : { title: 'Set it for this transaction only', edits: [insertAt(set.end, ' LOCAL')] },
      },
    ];
  },
});
