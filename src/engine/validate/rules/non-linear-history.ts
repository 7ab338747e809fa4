import { besideIn, compareVersions, type MigrationHistory, versionOf } from '../migration-history.ts';
import { defineRule, type PairContext } from '../rule.ts';

const file = { direction: 'up', range: { start: 0, end: 0 } } as const;

/** A plain date is shared by all migrations of a day: it orders them, and the whole name tells them apart. */
const isDate = (version: string): boolean => /^(?:19|20)\d{2}[-_.]?\d{2}[-_.]?\d{2}$/.test(version);

const judge = (name: string, history: MigrationHistory) => {
  const version = versionOf(name);
  const beside = besideIn(history, name, version);
  const { own, twin } = beside;
  if (own?.state === 'edited')
    return [
      {
        ...file,
        message: `${name} was changed after it was there: where it has run, the change never will`,
        evidence: { version },
      },
    ];
  if (version === null) return [];
  if (twin !== undefined && !isDate(version) && !beside.goesByNames)
    return [
      {
        ...file,
        message: `${twin.name} has version ${version} too: a tool that goes by the version runs one of the two, or refuses both`,
        evidence: { version, twin: twin.name },
      },
    ];
  const later =
    own?.state === 'added'
      ? history.filter((one) => {
          const other = one.state === 'added' ? null : versionOf(one.name);
          return other !== null && compareVersions(other, version) > 0;
        })
      : [];
  const last = later.at(-1);
  if (last === undefined) return [];
  return [
    {
      ...file,
      message: `${name} is new and comes before ${last.name}, which was there: where that has run, this is left out or runs after it`,
      evidence: { version, after: later.map((one) => one.name) },
    },
  ];
};

export const nonLinearHistory = defineRule({
  id: 'non-linear-history',
  title: 'Migration out of its order',
  category: 'rollback and files',
  severity: 'warning',
  servers: {},
  docs: {
    what: 'Two migrations of one folder with the same version, where no others share one; and, with --since, a new migration whose version is below one that was there at that revision, and a migration that was there and has been changed.',
    why: 'Databases differ then by the order in which branches were merged: a tool that remembers the last version never runs the new one, one that remembers names runs it after later ones, on a schema that its author has not seen. What has run is not run again when its file changes, and tools that keep checksums refuse to go on.',
    instead: 'Give the new migration a version behind all others; put a change of an old migration into a new one.',
    ignoreWhen: 'the old migration has run nowhere yet.',
    manual: 'https://www.postgresql.org/docs/current/ddl-alter.html',
  },
  examples: [
    {
      name: 'the same version twice',
      history: [
        { name: '0007_add_users', state: null },
        { name: '0007_add_orders', state: null },
      ],
      up: 'create table orders (id bigint primary key);',
      finds: [{ text: '', severity: 'warning' }],
    },
    {
      name: 'a new migration before one that was there',
      history: [
        { name: '20260110120000_a', state: 'known' },
        { name: '20260310120000_c', state: 'known' },
        { name: '20260210120000_b', state: 'added' },
      ],
      up: 'create table b (id bigint primary key);',
      finds: [{ text: '' }],
    },
    {
      name: 'changed after it was there',
      history: [{ name: 'V2__users', state: 'edited' }],
      up: 'create table users (id bigint primary key);',
      finds: [{ text: '' }],
    },
    {
      name: 'behind all others, numbers by value',
      history: [
        { name: '9_users', state: 'known' },
        { name: '10_orders', state: 'added' },
      ],
      up: 'create table orders (id bigint primary key);',
      finds: [],
    },
    {
      name: 'a folder in which versions are shared',
      history: [
        { name: '0001_users', state: null },
        { name: '0001_shops', state: null },
        { name: '0002_orders', state: null },
        { name: '0002_lines', state: null },
      ],
      up: 'create table lines (id bigint primary key);',
      finds: [],
    },
    {
      name: 'two of one day',
      history: [
        { name: '2026-01-10-users', state: null },
        { name: '2026-01-10-orders', state: null },
      ],
      up: 'create table orders (id bigint primary key);',
      finds: [],
    },
    {
      name: 'names without a version',
      history: [
        { name: 'users', state: 'known' },
        { name: 'orders', state: 'added' },
      ],
      up: 'create table orders (id bigint primary key);',
      finds: [],
    },
  ],
  checkPair: ({ name, history }: PairContext) => (history === null ? [] : judge(name, history)),
});
