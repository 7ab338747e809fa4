import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { listInWords, shown, shownObject } from '../wording.ts';

export const domainConstraintScansTables = defineRule({
  id: 'domain-constraint-scans-tables',
  title: 'Domain constraint scans every table that uses the domain',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['AlterDomainStmt'],
  docs: {
    what: 'ALTER DOMAIN ADD CONSTRAINT without NOT VALID, ALTER DOMAIN SET NOT NULL, or VALIDATE CONSTRAINT.',
    why: 'Every table with a column of the domain is read under a SHARE lock: writes to all of them wait.',
    instead:
      'ADD CONSTRAINT … NOT VALID, so that new values are checked. VALIDATE blocks writes as well, unlike that of a table, so a CHECK on the table itself may be the better place.',
    ignoreWhen: 'the tables are small.',
    manual: 'https://www.postgresql.org/docs/current/sql-alterdomain.html',
  },
  examples: [
    {
      name: 'a domain in use',
      setup: 'create domain percent as int; create table orders (discount percent);',
      up: 'ALTER DOMAIN percent ADD CONSTRAINT c CHECK (value < 100);',
      finds: [{ text: 'ALTER DOMAIN percent ADD CONSTRAINT c CHECK (value < 100)', severity: 'error' }],
      trace: { locks: { orders: 'SHARE' } },
    },
    {
      name: 'without a catalog the tables are not known',
      up: 'alter domain percent set not null;',
      finds: [{ text: 'alter domain percent set not null', severity: 'error' }],
    },
    {
      name: 'validation blocks writes too, unlike that of a table',
      setup:
        'create domain percent as int; create table orders (discount percent); alter domain percent add constraint c check (value < 100) not valid;',
      up: 'alter domain percent validate constraint c;',
      finds: [{ text: 'alter domain percent validate constraint c', severity: 'error' }],
      trace: { locks: { orders: 'SHARE' } },
    },
    {
      name: 'validation where no table uses the domain',
      setup: 'create domain percent as int; alter domain percent add constraint c check (value < 100) not valid;',
      up: 'alter domain percent validate constraint c;',
      finds: [],
    },
    {
      name: 'no table uses the domain',
      setup: 'create domain percent as int;',
      up: 'alter domain percent add constraint c check (value < 100);',
      finds: [],
    },
    {
      name: 'NOT VALID',
      setup: 'create domain percent as int; create table orders (discount percent);',
      up: 'alter domain percent add constraint c check (value < 100) not valid;',
      finds: [],
    },
  ],
  check: (context) => {
    const alter = as(context.statement.node, 'AlterDomainStmt');
    const adds = alter?.subtype === 'C' && as(alter.def, 'Constraint')?.skip_validation !== true;
    const validates = alter?.subtype === 'V';
    if (alter === undefined || !(adds || validates || alter.subtype === 'O')) return [];
    const written = nameOfParts(strings(alter.typeName));
    if (context.created.has('type', context.database.resolve(written))) return [];
    const scanned = context.database.catalog.tables.filter(({ columns }) =>
      columns.some(({ type }) => type === written.name || type === shown(written) || type.endsWith(`.${written.name}`)),
    );
    if (context.hasCatalog && scanned.length === 0) return [];
    const standings = scanned.map((table) => context.standing(table));
    const worst =
      standings.find(({ size }) => size === 'large' || size === 'unknown') ??
      standings.find(({ size }) => size === 'medium') ??
      standings[0];
    const severity = worst === undefined ? 'error' : severityFor(worst, 'error');
    if (severity === null) return [];
    const names = scanned.length === 0 ? 'every table that uses the domain' : listInWords(scanned.map(shownObject));
    return [
      {
        range: context.source.range,
        severity,
        message: `Writes to ${names} wait while all rows are read (${worst?.words ?? 'the tables are not known without a catalog'})`,
        evidence: { domain: shown(written), tables: scanned.map(shownObject), lock: 'SHARE', scan: true },
      },
    ];
  },
});
