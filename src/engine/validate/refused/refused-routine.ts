import type { CreateFunctionStmt, DefElem, ObjectWithArgs } from '@pgsql/types';
import type { Routine } from '../../catalog/catalog.ts';
import { all, as, nameOfParts, strings } from '../../sql/nodes.ts';
import { parsePlpgsql, parseScript } from '../../sql/parser.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { routinesMeant, type Signature, sameTypes, signatureOf, signatureOfRoutine } from '../routine-signature.ts';
import type { CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

type Reason = Pick<Refusal, 'sqlstate' | 'reason'>;

const none: readonly Refusal[] = [];

const optionOf = (options: readonly DefElem[], name: string) => options.find(({ defname }) => defname === name)?.arg;

const bodyOf = (options: readonly DefElem[]): string => strings(as(optionOf(options, 'as'), 'List')?.items)[0] ?? '';

const languageOf = (options: readonly DefElem[]): string =>
  (as(optionOf(options, 'language'), 'String')?.sval ?? 'sql').toLowerCase();

/** Languages that come with the server; others come with extensions of about the same name. */
const builtinLanguages = new Set(['sql', 'plpgsql', 'c', 'internal']);

const ofLanguage = ({ database }: CheckContext, language: string): Reason | null => {
  const { extensions, otherObjects = [] } = database.catalog;
  const known =
    builtinLanguages.has(language) ||
    extensions.some(({ name }) => name === language) ||
    otherObjects.some(({ kind, name }) => kind === 'language' && name === language);
  return known ? null : { sqlstate: '42704', reason: `there is no language ${quoteIdentifier(language)}` };
};

const syntaxError: Reason = { sqlstate: '42601', reason: 'there is a syntax error in the body' };

const ofBody = (context: CheckContext, create: CreateFunctionStmt): Reason | null => {
  const options = all(create.options, 'DefElem');
  const language = languageOf(options);
  if (create.sql_body !== undefined)
    return language === 'sql' ? null : { sqlstate: '42P13', reason: 'only a body in SQL can stand without quotes' };
  if (optionOf(options, 'as') === undefined) return { sqlstate: '42P13', reason: 'it has no body' };
  if (language === 'sql') return parseScript(bodyOf(options)).ok ? null : syntaxError;
  if (language !== 'plpgsql') return null;
  const ofTrigger = /^(?:event_)?trigger$/.test(strings(create.returnType?.names).at(-1) ?? '');
  if (ofTrigger && (create.parameters ?? []).length > 0)
    return { sqlstate: '42P13', reason: 'the function of a trigger has no parameters: arguments come in TG_ARGV' };
  return parsePlpgsql(context.statement.text) === null ? syntaxError : null;
};

const ofReplacement = (old: Signature, wanted: Signature): string | null => {
  for (const [index, { name, hasDefault }] of old.inputs.entries()) {
    const now = wanted.inputs[index];
    if (name !== '' && now?.name !== name) return `the parameter ${quoteIdentifier(name)} cannot get another name`;
    if (hasDefault && now?.hasDefault !== true) return `the parameter ${quoteIdentifier(name)} cannot lose its default`;
  }
  return sameTypes(old.outputs, wanted.outputs) ? null : 'what it gives back cannot change';
};

/** Routines of the very name, schema and argument types that a `CREATE` gives. */
const taken = (context: CheckContext, create: CreateFunctionStmt): readonly Routine[] => {
  const written = nameOfParts(strings(create.funcname));
  const schema = written.schema ?? context.database.searchPath[0] ?? 'public';
  const types = signatureOf(create).inputs.map(({ type }) => type);
  return context.database.routines({ schema, name: written.name }).filter((routine) => {
    const inputs = signatureOfRoutine(routine)?.inputs;
    return (
      inputs !== undefined &&
      sameTypes(
        inputs.map(({ type }) => type),
        types,
      )
    );
  });
};

const inCreate = (context: CheckContext): readonly Refusal[] => {
  const create = as(context.statement.node, 'CreateFunctionStmt');
  if (create === undefined) return none;
  const written = nameOfParts(strings(create.funcname));
  const wrong = ofLanguage(context, languageOf(all(create.options, 'DefElem'))) ?? ofBody(context, create);
  const reasons: Reason[] = wrong === null ? [] : [wrong];
  const wanted = signatureOf(create);
  const [known] = taken(context, create);
  const old = known === undefined ? null : signatureOfRoutine(known);
  if (known !== undefined && old !== null) {
    if (create.replace !== true)
      reasons.push({ sqlstate: '42723', reason: `${shown(written)} exists with these arguments` });
    else if (old.isProcedure !== wanted.isProcedure)
      reasons.push({ sqlstate: '42809', reason: `${shown(written)} is a ${known.kind}` });
    else {
      const reason = ofReplacement(old, wanted);
      if (reason !== null) reasons.push({ sqlstate: '42P13', reason: `${reason}; drop the function first` });
    }
  }
  const range = context.source.identifier(written.name) ?? context.source.head(2);
  return reasons.map((reason) => ({ ...reason, range }));
};

const inBlock = (context: CheckContext): readonly Refusal[] => {
  const block = as(context.statement.node, 'DoStmt');
  const language = as(optionOf(all(block?.args, 'DefElem'), 'language'), 'String')?.sval ?? 'plpgsql';
  if (block === undefined || language.toLowerCase() !== 'plpgsql') return none;
  return parsePlpgsql(context.statement.text) === null ? [{ ...syntaxError, range: context.source.head(1) }] : none;
};

const kindsMeant: Readonly<Record<string, readonly Routine['kind'][]>> = {
  OBJECT_FUNCTION: ['function', 'window function', 'aggregate'],
  OBJECT_PROCEDURE: ['procedure'],
};

/** Why a statement cannot mean the routine that it names. */
const ofNamed = (context: CheckContext, kind: string | undefined, object: ObjectWithArgs): Reason | null => {
  const written = nameOfParts(strings(object.objname));
  const kinds = kindsMeant[kind ?? ''];
  const meant = routinesMeant(context.database, object);
  // Functions of the server and of extensions are not listed.
  const listed = context.database.catalog.extensions.every(({ name }) => name === 'plpgsql') || written.schema !== null;
  if (kinds === undefined || meant === null || written.schema === 'pg_catalog') return null;
  if (meant.length === 0)
    return listed && (written.schema === null || context.database.hasSchema(written.schema))
      ? { sqlstate: '42883', reason: `there is no ${shown(written)} with these arguments` }
      : null;
  if (meant.length > 1)
    return { sqlstate: '42725', reason: `${shown(written)} is not unique: name the types of its arguments` };
  const [only] = meant;
  return only === undefined || kinds.includes(only.kind)
    ? null
    : { sqlstate: '42809', reason: `${shown(written)} is a ${only.kind}` };
};

const inNamed = (context: CheckContext): readonly Refusal[] => {
  const { node } = context.statement;
  const drop = as(node, 'DropStmt');
  const comment = as(node, 'CommentStmt');
  const alter = as(node, 'AlterFunctionStmt');
  const named: readonly (readonly [string | undefined, ObjectWithArgs | undefined])[] = [
    ...(drop?.missing_ok === true ? [] : (drop?.objects ?? [])).map(
      (object) => [drop?.removeType, as(object, 'ObjectWithArgs')] as const,
    ),
    [comment?.objtype, as(comment?.object, 'ObjectWithArgs')],
    [alter?.objtype, alter?.func],
  ];
  return named.flatMap(([kind, object]) => {
    const wrong = object === undefined ? null : ofNamed(context, kind, object);
    if (wrong === null || object === undefined) return [];
    const name = strings(object.objname).at(-1) ?? '';
    return [{ ...wrong, range: context.source.identifier(name) ?? context.source.range }];
  });
};

/** What the server refuses of a `CREATE FUNCTION`, of a `DO` block, and of a statement that names a routine. */
export const refusedRoutine = (context: CheckContext): readonly Refusal[] => [
  ...inCreate(context),
  ...inBlock(context),
  ...(context.hasCatalog ? inNamed(context) : none),
];
