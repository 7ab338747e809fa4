import type { SqlRefusal } from '../ports/sql-client.ts';
import { quoteIdentifier } from './quote-identifier.ts';
import { makeExtension } from './stand-in-extensions/make-extension.ts';
import { withoutOwnOptions } from './stand-in-extensions/own-options.ts';

/**
 * How to go on after a throw-away database refused a statement for want of something that only the real server has: run
 * `first`, then `statement` instead of the refused one (null leaves it out). `label` names what is missing, for people;
 * null when nothing is lost.
 */
export type StandIn = {
  readonly label: string | null;
  readonly first: readonly string[];
  readonly statement: string | null;
  /** A role to make before everything else. */
  readonly role?: string;
  /**
   * Where it is not known which stand-in fits: `make` one after another until the statement passes; `unmake` takes back
   * one that did not.
   */
  readonly tries?: readonly { readonly make: string; readonly unmake: string }[];
};

/** What a throw-away database already lacks, which later statements may need. */
export type Missing = {
  /** True when an extension is missing: types, functions and operators that nobody made may have come from it. */
  readonly extension: boolean;
  /** Names (the last part only) of objects whose own statements were left out. */
  readonly leftOut: ReadonlySet<string>;
  /** Extensions that the database can create. */
  readonly available: readonly string[];
};

const leaveOut = (label: string | null): StandIn => ({ label, first: [], statement: null });

const QUOTED = /"((?:[^"]|"")+)"/;

/** What the server puts no quotes around. */
const BARE = /^(?:type (?!")|(?:function|procedure|aggregate) )((?:"(?:[^"]|"")+"|[^\s"(])+)/;

/** The last part of a possibly dotted name as a message prints it. */
const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1).replaceAll('"', '');

/** The name in a message of the form `relation "a.b" does not exist`. */
function nameIn(message: string): string | undefined {
  const bare = BARE.exec(message)?.[1];
  return bare ?? QUOTED.exec(message)?.[1]?.replaceAll('""', '"');
}

/** Statements that make something on which a schema does not stand, and its name. */
const DISPENSABLE =
  /^create\s+(?:or\s+replace\s+)?(?:recursive\s+|constraint\s+|unique\s+)?((?:materialized\s+)?view|index|policy|rule|trigger|function|procedure|aggregate|operator(?:\s+(?:class|family))?|cast|transform|statistics)\b\s*(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?((?!for\b)(?:"(?:[^"]|"")+"|[\w$.])+)?/i;

/** The last part of the name of what a statement makes that can be left out; null for another statement. */
export function dispensableName(statement: string): string | null {
  const made = DISPENSABLE.exec(statement);
  return made === null ? null : lastPart(made[2] ?? '');
}

/** Statements about something that is made by another one. */
const ABOUT = /^(?:comment|alter|grant|revoke|refresh|cluster|drop|security|select|call)\b/i;

/** What a statement says of, or builds on, something missing is left out with it; a table never is. */
function withoutWhatIsMissing(statement: string, message: string): StandIn | null {
  const made = DISPENSABLE.exec(statement);
  if (made !== null) return leaveOut(`${[made[1]?.toLowerCase(), made[2]].join(' ').trim()} (${message})`);
  return ABOUT.test(statement) ? leaveOut('statements about what is missing') : null;
}

/** The extension that a statement creates. */
export function extensionNamedBy(statement: string): string | undefined {
  const found = /^create\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"((?:[^"]|"")+)"|([\w$]+))/i.exec(statement);
  return found?.[1] ?? found?.[2];
}

/** PL/pgSQL's handler without its validator accepts any body, and nothing on a shadow ever calls it. */
const languageStandIn = (name: string): string =>
  `create language ${quoteIdentifier(name)} handler pg_catalog.plpgsql_call_handler`;

/** What the extension brings is made as its members where a superuser is at work, and as it is needed otherwise. */
function forMissingExtension(name: string, statement: string, { available }: Missing): StandIn {
  const word = (pattern: RegExp): string | null => {
    const [, quoted, bare] = pattern.exec(statement) ?? [];
    return quoted?.replaceAll('""', '"') ?? bare ?? null;
  };
  const schema = word(/\bschema\s+(?:"((?:[^"]|"")+)"|([\w$]+))/i);
  const request = { name, version: null, ifNotExists: true, cascade: true };
  // The second is only made where the first, without a search path, was not.
  const first =
    schema === null
      ? [null, 'public'].map((place) => makeExtension({ ...request, schema: place }, available))
      : [`create schema if not exists ${quoteIdentifier(schema)}`, makeExtension({ ...request, schema }, available)];
  return { label: `extension ${name}`, first, statement: null };
}

/**
 * A type that takes any text, and one number in brackets as `vector(3)` needs; a domain, which takes none, where only a
 * superuser may make such a type.
 */
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
    `create domain ${type} as pg_catalog.text`,
  ];
}

const MADE_UP_TYPE = /^create\s+type\s+((?:"(?:[^"]|"")+"|[\w$.])+)\s*\([^;]*_stand_in_input\b/i;

function forMissingObject(message: string, statement: string): StandIn | null {
  const name = nameIn(message);
  if (name === undefined) return null;
  if (message.startsWith('role ')) {
    return { label: `role ${name}`, first: [], role: name, statement };
  }
  if (message.startsWith('extension ')) return leaveOut(null);
  if (message.startsWith('unrecognized configuration parameter ')) return leaveOut(`setting ${name}`);
  if (message.startsWith('tablespace ')) {
    if (/\bset\s+tablespace\b/i.test(statement)) return { label: `tablespace ${name}`, first: [], statement: null };
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
    // The name in the message may have a dot of its own (`de_DE.utf8`), or stand after a schema.
    const names = new Set([name, name.replace(/^pg_catalog\./, ''), lastPart(name)]);
    const first = [...names].map((one) => `create collation pg_catalog.${quoteIdentifier(one)} from "C"`);
    return { label: `collation ${name}`, first, statement };
  }
  if (message.startsWith('type ')) {
    return { label: `type ${name}`, first: typeStandIn(name), statement };
  }
  return null;
}

/** Options of an index that only its own method knows, and not what stands in for that. */
function forOwnOptions(message: string, statement: string): StandIn | null {
  const found = message.startsWith('unrecognized parameter ') ? withoutOwnOptions(statement) : null;
  return found === null ? null : { label: null, first: [], statement: `${found.statement};\n${found.after}` };
}

/** How a collation sorts does not matter on a shadow, only that it is there. */
function forInvalidValue(statement: string): StandIn | null {
  if (/^set\b/i.test(statement)) return leaveOut(null);
  const found = /^create\s+collation\s+(if\s+not\s+exists\s+)?((?:"(?:[^"]|"")+"|[\w$.])+)/i.exec(statement);
  const name = found?.[2];
  if (name === undefined) return null;
  return { label: `collation ${lastPart(name)}`, first: [], statement: `create collation ${name} from "C"` };
}

/** A function of the server that is written in C, and whose library is not here. Nothing ever calls it. */
function forMissingLibrary(message: string, statement: string): StandIn | null {
  const internal = statement
    .replace(/\blanguage\s+(?:c\b|'c'|"c")/i, 'language internal')
    .replace(/\bas\s+'(?:[^']|'')*'(?:\s*,\s*'(?:[^']|'')*')?/i, "as 'textin'");
  const library = QUOTED.exec(message)?.[1] ?? '';
  return internal === statement ? null : { label: `library ${library}`, first: [], statement: internal };
}

/** What functions mostly give, where only the place that they stand in could tell. */
const RESULTS = ['integer', 'uuid', 'text', 'boolean', 'double precision', 'timestamptz', 'jsonb', 'text[]', 'bytea'];

/** A function that a table or domain needs for a default or a check. */
function forMissingFunction(message: string, statement: string): StandIn | null {
  const found = /^function ((?:"(?:[^"]|"")+"|[\w$.])+)\((.*)\) does not exist/.exec(message);
  const [, name, types] = found ?? [];
  if (name === undefined || types === undefined || types.includes('=>')) return null;
  const signature = `${name}(${types.replaceAll(/\bunknown\b/g, 'text')})`;
  return {
    label: `function ${name}`,
    first: [],
    statement,
    tries: RESULTS.map((result) => ({
      make: `create function ${signature} returns ${result} language internal immutable as 'textin'`,
      unmake: `drop function if exists ${signature}`,
    })),
  };
}

/**
 * The way to go on after a refusal, or null when the statement itself is at fault. What nobody made is made up or done
 * without only where something is missing that could have brought it.
 */
export function standInFor(refusal: SqlRefusal, statement: string, missing: Missing): StandIn | null {
  const { sqlstate, message } = refusal;
  const extensionName = extensionNamedBy(statement);
  if (extensionName !== undefined) {
    if (sqlstate === '42710') return leaveOut(null);
    // A dump makes things in no schema that it does not name.
    const placeless = sqlstate === '3F000' && !/\bschema\b/i.test(statement);
    return placeless
      ? { label: null, first: [], statement: `${statement} schema public` }
      : forMissingExtension(extensionName, statement, missing);
  }
  // A type that was made up for one database is made up again for its copy.
  const madeUp = MADE_UP_TYPE.exec(statement)?.[1];
  if (madeUp !== undefined) return { label: `type ${madeUp}`, first: typeStandIn(madeUp), statement: null };
  const without = () =>
    missing.extension || missing.leftOut.has(lastPart(nameIn(message) ?? ''))
      ? withoutWhatIsMissing(statement, message)
      : null;
  switch (sqlstate) {
    case '42704': {
      const isType = message.startsWith('type ');
      const standIn = isType && !missing.extension ? null : forMissingObject(message, statement);
      return standIn ?? without();
    }
    case '42P06':
      return leaveOut(null);
    case '42710':
      return /^create\s+(?:role|user|group|(?:trusted\s+)?(?:procedural\s+)?language)\b/i.test(statement)
        ? leaveOut(null)
        : null;
    case '22023':
    case '42P22':
      return forOwnOptions(message, statement) ?? forInvalidValue(statement);
    case '58P01':
      return forMissingLibrary(message, statement);
    case '42883': {
      const needed =
        missing.extension && /^(?:create\s+(?:unlogged\s+)?(?:table|domain)|alter\s+table)\b/i.test(statement);
      return (needed ? forMissingFunction(message, statement) : null) ?? without();
    }
    case '42725':
    case '42P01':
    case '3F000':
      return without();
    default:
      return null;
  }
}
