import type { Catalog, ObjectName } from '../catalog/catalog.ts';
import type { Statement } from './parser.ts';
import { alterDomain } from './simulate/alter-domain.ts';
import { clusteredOn } from './simulate/alter-index.ts';
import { alterTable } from './simulate/alter-table.ts';
import { editTable, editView } from './simulate/catalog-edit.ts';
import { createIndex } from './simulate/create-index.ts';
import { createTable } from './simulate/create-table.ts';
import { createFromQuery, createTableAs, createView, refresh } from './simulate/create-view.ts';
import { createCollation, createRule, createStatistics } from './simulate/other-objects.ts';
import { changePrivileges } from './simulate/privileges.ts';
import { alterPublication, createPublication, dropPublication } from './simulate/publications.ts';
import { rename, setSchema } from './simulate/rename.ts';
import { alterRoutine, createAggregate, createRoutine } from './simulate/routines.ts';
import { alterSequence, createSequence } from './simulate/sequences.ts';
import { advance, openSimulation, type Simulation } from './simulate/simulation.ts';
import { sourceText } from './simulate/source-text.ts';
import { alterEnum, createPolicy, createTrigger, createType } from './simulate/types-and-others.ts';
import { alterComposite, dropWithTypes, renameAttribute } from './simulate/uses-of-type.ts';

/** What a statement leaves behind. */
export type SimulationResult = {
  /** The very same object when the statement changes nothing that a catalog holds. */
  readonly catalog: Catalog;
  /** Objects of which it is not known how they stand after the statement. */
  readonly uncertain: readonly ObjectName[];
  /** True after code that may have done anything, such as a `DO` block. */
  readonly unknown: boolean;
};

/** What a statement is applied under, when it is not what the catalog says. */
export type SimulationOptions = { readonly searchPath?: readonly string[]; readonly serverVersion?: number };

const noOwner = { owner: '', comment: null };

function createSchema(
  simulation: Simulation,
  name: string,
  elements: readonly Statement['node'][],
  text: string,
): Catalog {
  const { catalog } = simulation;
  if (simulation.lookup.hasSchema(name)) return catalog;
  const schemas = [...catalog.schemas, { name, ...noOwner }].sort((a, b) => (a.name < b.name ? -1 : 1));
  const inside = openSimulation(
    { ...catalog, schemas },
    [name, ...simulation.searchPath],
    simulation.version,
    simulation.source,
    simulation.uncertain,
  );
  return elements.reduce((current, element) => advance(current, apply(current, element, text)), inside).catalog;
}

function createExtension(simulation: Simulation, name: string): Catalog {
  const { catalog } = simulation;
  if (catalog.extensions.some((extension) => extension.name === name)) return catalog;
  const extension = { name, version: '', schema: simulation.searchPath[0] ?? 'public' };
  return { ...catalog, extensions: [...catalog.extensions, extension].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function apply(simulation: Simulation, node: Statement['node'], text: string): Catalog {
  if ('AlterTableStmt' in node)
    return node.AlterTableStmt.objtype === 'OBJECT_TYPE'
      ? alterComposite(simulation, node.AlterTableStmt)
      : alterTable(simulation, node.AlterTableStmt);
  if ('CreateStmt' in node) return createTable(simulation, node.CreateStmt);
  if ('CreateForeignTableStmt' in node) {
    const { base = {}, servername = '' } = node.CreateForeignTableStmt;
    return createTable(simulation, base, servername);
  }
  if ('CreateTableAsStmt' in node) return createTableAs(simulation, node.CreateTableAsStmt, text);
  if ('SelectStmt' in node && node.SelectStmt.intoClause !== undefined) {
    const options = { materialized: false, populated: true, aliases: [], text };
    return createFromQuery(simulation, node.SelectStmt.intoClause.rel, node, options);
  }
  if ('RefreshMatViewStmt' in node) return refresh(simulation, node.RefreshMatViewStmt);
  if ('ClusterStmt' in node && node.ClusterStmt.indexname !== undefined) {
    const { relation, indexname } = node.ClusterStmt;
    const name = simulation.relation(relation);
    const catalog = editView(simulation.catalog, name, (view) => clusteredOn(view, indexname));
    return editTable(catalog, name, (table) => clusteredOn(table, indexname));
  }
  if ('IndexStmt' in node) return createIndex(simulation, node.IndexStmt, text);
  if ('ViewStmt' in node) return createView(simulation, node.ViewStmt, text);
  if ('DropStmt' in node && node.DropStmt.removeType === 'OBJECT_PUBLICATION')
    return dropPublication(simulation, node.DropStmt);
  if ('CreatePublicationStmt' in node) return createPublication(simulation, node.CreatePublicationStmt, text);
  if ('AlterPublicationStmt' in node) return alterPublication(simulation, node.AlterPublicationStmt, text);
  if ('RuleStmt' in node) return createRule(simulation, node.RuleStmt, text);
  if ('CreateStatsStmt' in node) return createStatistics(simulation, node.CreateStatsStmt, text);
  if ('DefineStmt' in node && node.DefineStmt.kind === 'OBJECT_COLLATION')
    return createCollation(simulation, node.DefineStmt, text);
  if ('GrantStmt' in node) return changePrivileges(simulation, node.GrantStmt);
  if ('DropStmt' in node) return dropWithTypes(simulation, node.DropStmt);
  if ('RenameStmt' in node && node.RenameStmt.renameType === 'OBJECT_ATTRIBUTE')
    return renameAttribute(simulation, node.RenameStmt);
  if ('RenameStmt' in node) return rename(simulation, node.RenameStmt);
  if ('AlterObjectSchemaStmt' in node) return setSchema(simulation, node.AlterObjectSchemaStmt);
  if ('AlterDomainStmt' in node) return alterDomain(simulation, node.AlterDomainStmt);
  if ('AlterEnumStmt' in node) return alterEnum(simulation, node.AlterEnumStmt);
  if ('CreateSeqStmt' in node) return createSequence(simulation, node.CreateSeqStmt);
  if ('AlterSeqStmt' in node) return alterSequence(simulation, node.AlterSeqStmt);
  if ('DefineStmt' in node && node.DefineStmt.kind === 'OBJECT_AGGREGATE')
    return createAggregate(simulation, node.DefineStmt, text);
  if ('AlterFunctionStmt' in node) return alterRoutine(simulation, node.AlterFunctionStmt);
  if ('CreateFunctionStmt' in node) return createRoutine(simulation, node.CreateFunctionStmt, text);
  if ('CreateTrigStmt' in node) return createTrigger(simulation, node.CreateTrigStmt, text);
  if ('CreatePolicyStmt' in node) return createPolicy(simulation, node.CreatePolicyStmt);
  if ('CreateExtensionStmt' in node) return createExtension(simulation, node.CreateExtensionStmt.extname ?? '');
  if ('CreateSchemaStmt' in node) {
    const { schemaname, authrole, schemaElts } = node.CreateSchemaStmt;
    return createSchema(simulation, schemaname ?? authrole?.rolename ?? '', schemaElts ?? [], text);
  }
  return createType(simulation, node);
}

/**
 * The catalog as a statement leaves it, for the statements that come after; unchanged parts are shared. What the
 * statement refuses to do (a name that is taken, a table that is not there) is left undone. Fingerprint and facts stay
 * those of the catalog that was given.
 */
export function simulate(
  catalog: Catalog,
  statement: Pick<Statement, 'node' | 'text' | 'byteStart'>,
  options: SimulationOptions = {},
): SimulationResult {
  const uncertain: ObjectName[] = [];
  const simulation = openSimulation(
    catalog,
    options.searchPath ?? catalog.server.searchPath,
    options.serverVersion ?? catalog.server.version,
    sourceText(statement),
    (name) => {
      uncertain.push({ schema: name.schema, name: name.name });
    },
  );
  const unknown = 'DoStmt' in statement.node || 'CallStmt' in statement.node || 'ExecuteStmt' in statement.node;
  const { catalog: after } = advance(simulation, apply(simulation, statement.node, statement.text));
  return { catalog: after, uncertain, unknown };
}
