import type { Catalog } from '../engine/catalog/catalog.ts';
import { type CatalogOptions, requireCatalog } from './catalog-source.ts';
import { type CommandContext, wrongUsage } from './command-context.ts';

const isUrl = (side: string): boolean => /^postgres(ql)?:/i.test(side);

/** The catalog of one side of a comparison, by what its name says it is; `only` may restrict it to some schemas. */
export function readSide(
  side: string,
  context: CommandContext,
  only: Pick<CatalogOptions, 'schemas'> = {},
): Promise<Catalog> {
  if (isUrl(side)) return requireCatalog({ ...only, database: side }, context);
  if (/\.sql$/i.test(side)) return requireCatalog({ ...only, schema: side }, context);
  if (/\.json$/i.test(side)) return requireCatalog({ ...only, snapshot: side }, context);
  throw wrongUsage(side, 'must be a postgresql:// URL, a .sql file or a .json snapshot');
}

/** How a report names a side: never with the password of its URL. */
export const sideName = (side: string, { server }: Catalog): string =>
  isUrl(side) ? `database ${server.database}` : side;
