import { all, as, nameOf, nameOfObject, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { publicationsOf } from '../publications.ts';
import type { CheckContext } from '../rule.ts';
import { columnList, shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

type Reason = Omit<Refusal, 'range'>;

const isThere = ({ database }: CheckContext, publication: string): boolean =>
  (database.catalog.otherObjects ?? []).some(({ kind, name }) => kind === 'publication' && name === publication);

const missing = (name: string): Reason => ({
  sqlstate: '42704',
  reason: `there is no publication ${quoteIdentifier(name)}`,
});

/** What is wrong with the tables that a publication gets or loses; `loses` and `adds` are of an existing one. */
const ofTables = (
  context: CheckContext,
  publication: string,
  objects: NonNullable<Parameters<typeof all>[0]>,
  change: 'adds' | 'loses' | 'names',
): Reason | null => {
  for (const { pubtable } of all(objects, 'PublicationObjSpec')) {
    const table = context.database.table(nameOf(pubtable?.relation));
    if (table === null || context.isUncertain(table)) continue;
    const absent = strings(pubtable?.columns).filter((name) => context.database.column(table, name) === null);
    if (absent.length > 0) return { sqlstate: '42703', reason: `${shown(table)} has no column ${columnList(absent)}` };
    const isIn = publicationsOf(context.database, table).some(({ name }) => name === publication);
    if (change === 'adds' && isIn)
      return { sqlstate: '42710', reason: `${quoteIdentifier(publication)} has ${shown(table)} already` };
    if (change === 'loses' && !isIn)
      return { sqlstate: '42704', reason: `${shown(table)} is not in ${quoteIdentifier(publication)}` };
  }
  return null;
};

const changes = { AP_AddObjects: 'adds', AP_DropObjects: 'loses', AP_SetObjects: 'names' } as const;

const reasonOf = (context: CheckContext): Reason | null => {
  const { node } = context.statement;
  const create = as(node, 'CreatePublicationStmt');
  if (create !== undefined) {
    const name = create.pubname ?? '';
    return isThere(context, name)
      ? { sqlstate: '42710', reason: `there is a publication ${quoteIdentifier(name)} already` }
      : ofTables(context, name, create.pubobjects ?? [], 'names');
  }
  const alter = as(node, 'AlterPublicationStmt');
  if (alter !== undefined) {
    const name = alter.pubname ?? '';
    return isThere(context, name)
      ? ofTables(context, name, alter.pubobjects ?? [], changes[alter.action ?? 'AP_SetObjects'])
      : missing(name);
  }
  const drop = as(node, 'DropStmt');
  if (drop?.removeType !== 'OBJECT_PUBLICATION' || drop.missing_ok === true) return null;
  const gone = (drop.objects ?? []).map((object) => nameOfObject(object).name).find((name) => !isThere(context, name));
  return gone === undefined ? null : missing(gone);
};

/** A publication that is there or is not, and tables that it has or has not. */
export const refusedPublication = (context: CheckContext): readonly Refusal[] => {
  const reason = context.hasCatalog ? reasonOf(context) : null;
  return reason === null ? [] : [{ ...reason, range: context.source.range }];
};
