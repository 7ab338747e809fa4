import type { SqlRefusal } from '../ports/sql-client.ts';
import { quoteIdentifier } from './quote-identifier.ts';

/**
 * How to go on after a throw-away database refused a statement for want of something that only the real server has: run
 * `first`, then `statement` instead of the refused one (null leaves it out). `label` names what is missing, for people;
 * null when nothing is lost.
 */
export type StandIn = {
  readonly label: string | null;
  readonly first: readonly string[];
  readonly statement: string | null;
};

const leaveOut = (label: string | null): StandIn => ({ label, first: [], statement: null });

const QUOTED = /"((?:[^"]|"")+)"/;

/** The last part of a possibly dotted name as a message prints it. */
const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1).replaceAll('"', '');

/** Extensions that are foreign data wrappers: an empty wrapper of that name serves `CREATE SERVER`. */
const WRAPPERS: ReadonlySet<string> = new Set(['postgres_fdw', 'dblink', 'oracle_fdw', 'mysql_fdw', 'tds_fdw']);

/** Extensions that are procedural languages. */
const LANGUAGE_EXTENSION = /^(?:pl(?!pgsql)[a-z0-9_]+|jsonb_pl.*)$/;

/** PL/pgSQL's handler without its validator accepts any body, and nothing on a shadow ever calls it. */
const languageStandIn = (name: string): string =>
  `create language ${quoteIdentifier(name)} handler pg_catalog.plpgsql_call_handler`;

function forMissingExtension(name: string, statement: string): StandIn {
  const label = `extension ${name}`;
  const schema = /\bschema\s+("(?:[^"]|"")+"|[\w$]+)/i.exec(statement)?.[1];
  const first = schema === undefined ? [] : [`create schema if not exists ${schema}`];
  if (WRAPPERS.has(name)) {
    const wrapper = name === 'dblink' ? 'dblink_fdw' : name;
    return { label, first, statement: `create foreign data wrapper ${wrapper}` };
  }
  if (LANGUAGE_EXTENSION.test(name)) return { label, first: [...first, languageStandIn(name)], statement: null };
  return { label, first, statement: null };
}

/** A type that takes any text, and one number in brackets as `vector(3)` needs. */
function typeStandIn(name: string): readonly string[] {
  const type = name
    .split('.')
    .map((part) => quoteIdentifier(part.replaceAll('"', '')))
    .join('.');
  const input = `pg_catalog.${quoteIdentifier(`${lastPart(name)}_stand_in_input`)}`;
  const output = `pg_catalog.${quoteIdentifier(`${lastPart(name)}_stand_in_output`)}`;
  return [
    `create type ${type}`,
    `create function ${input}(cstring) returns ${type} language internal immutable strict as 'textin'`,
    `create function ${output}(${type}) returns cstring language internal immutable strict as 'textout'`,
    `create type ${type} (input = ${input}, output = ${output}, typmod_in = varchartypmodin, ` +
      `typmod_out = varchartypmodout, like = pg_catalog.text)`,
  ];
}

function forMissingObject(message: string, statement: string): StandIn | null {
  const name = QUOTED.exec(message)?.[1]?.replaceAll('""', '"');
  if (name === undefined) return null;
  if (message.startsWith('role ')) {
    return { label: `role ${name}`, first: [`create role ${quoteIdentifier(name)}`], statement };
  }
  if (message.startsWith('extension ')) return leaveOut(null);
  if (message.startsWith('unrecognized configuration parameter ')) return leaveOut(`setting ${name}`);
  if (message.startsWith('tablespace ')) {
    const without = statement.replace(/\s+tablespace\s+(?:"(?:[^"]|"")+"|[\w$]+)/i, '');
    return { label: `tablespace ${name}`, first: [], statement: without === statement ? null : without };
  }
  if (message.startsWith('language ')) {
    return { label: `language ${name}`, first: [languageStandIn(name)], statement };
  }
  if (message.startsWith('foreign-data wrapper ')) {
    const wrapper = `create foreign data wrapper ${quoteIdentifier(name)}`;
    return { label: `foreign-data wrapper ${name}`, first: [wrapper], statement };
  }
  if (message.startsWith('server ')) {
    const first = [
      'create foreign data wrapper lockstep_stand_in',
      `create server ${quoteIdentifier(name)} foreign data wrapper lockstep_stand_in`,
    ];
    return { label: `foreign server ${name}`, first, statement };
  }
  if (message.startsWith('access method ')) {
    const isTable = /^create\s+(?:unlogged\s+)?table\b/i.test(statement);
    const without = statement.replace(/\s+using\s+(?:"(?:[^"]|"")+"|[\w$]+)/i, '');
    return { label: `access method ${name}`, first: [], statement: isTable ? without : null };
  }
  if (message.startsWith('operator class ')) return leaveOut(`operator class ${name}`);
  if (message.startsWith('collation ')) {
    const collation = `create collation pg_catalog.${quoteIdentifier(lastPart(name))} from "C"`;
    return { label: `collation ${name}`, first: [collation], statement };
  }
  if (message.startsWith('type ')) {
    return { label: `type ${name}`, first: typeStandIn(name), statement };
  }
  return null;
}

/** Modifiers such as `geometry(Point, 4326)`, which no stand-in type can take. */
const WORDED_MODIFIER = /\b(geometry|geography|raster)\s*\([^()]*\)/gi;

/** How a collation sorts does not matter on a shadow, only that it is there. */
function forInvalidValue(statement: string): StandIn | null {
  if (/^set\b/i.test(statement)) return leaveOut(null);
  const found = /^create\s+collation\s+(if\s+not\s+exists\s+)?((?:"(?:[^"]|"")+"|[\w$.])+)/i.exec(statement);
  const name = found?.[2];
  if (name === undefined) return null;
  return { label: `collation ${lastPart(name)}`, first: [], statement: `create collation ${name} from "C"` };
}

/**
 * The way to go on after a refusal, or null when the statement itself is at fault. `missingTypes` says whether types may
 * be made up: only where an extension that could have brought them is missing too.
 */
export function standInFor(
  refusal: SqlRefusal,
  statement: string,
  options: { readonly missingTypes: boolean },
): StandIn | null {
  const { sqlstate, message } = refusal;
  const extension = /^create\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"((?:[^"]|"")+)"|([\w$]+))/i.exec(statement);
  const extensionName = extension?.[1] ?? extension?.[2];
  if (extensionName !== undefined) {
    return sqlstate === '42710' ? leaveOut(null) : forMissingExtension(extensionName, statement);
  }
  switch (sqlstate) {
    case '42704':
      if (message.startsWith('type ') && !options.missingTypes) return null;
      return forMissingObject(message, statement);
    case '42P06':
      return leaveOut(null);
    case '42710':
      return /^create\s+(?:role|user|group|(?:trusted\s+)?(?:procedural\s+)?language)\b/i.test(statement)
        ? leaveOut(null)
        : null;
    case '22023':
    case '42P22':
      return forInvalidValue(statement);
    case '22P02': {
      const plain = statement.replaceAll(WORDED_MODIFIER, '$1');
      const canHelp = options.missingTypes && plain !== statement;
      return canHelp ? { label: 'modifiers of types of a missing extension', first: [], statement: plain } : null;
    }
    case '42883':
    case '42725':
      // COMMENT ON, ALTER … OWNER and GRANT for a function that a missing extension would have brought.
      return options.missingTypes && /^(?:comment|alter|grant|revoke)\b/i.test(statement)
        ? leaveOut('functions of a missing extension')
        : null;
    default:
      return null;
  }
}
