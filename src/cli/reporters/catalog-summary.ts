import type { Catalog } from '../../engine/catalog/catalog.ts';

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** A catalog in a few lines for a person. */
export function catalogSummary(catalog: Catalog): string {
  const { server, tables, views, routines, types, sequences } = catalog;
  const sum = (pick: (table: Catalog['tables'][number]) => number) =>
    tables.reduce((total, one) => total + pick(one), 0);
  const foreignKeys = sum((table) => table.constraints.filter(({ kind }) => kind === 'foreign key').length);
  const major = Math.floor(server.version / 10_000);
  const lines = [
    `${server.database} on PostgreSQL ${major}.${server.version % 10_000}, read ${catalog.capturedAt}`,
    `fingerprint ${catalog.fingerprint}`,
    '',
    ...catalog.schemas.map(({ name }) => {
      const inSchema = tables.filter(({ schema }) => schema === name);
      const viewCount = views.filter(({ schema }) => schema === name).length;
      return `  ${name}: ${counted(inSchema.length, 'table')}, ${counted(viewCount, 'view')}`;
    }),
    '',
    [
      counted(tables.length, 'table'),
      counted(
        sum((table) => table.columns.length),
        'column',
      ),
      counted(
        sum((table) => table.indexes.length),
        'index',
        'indexes',
      ),
      counted(foreignKeys, 'foreign key'),
      counted(views.length, 'view'),
      counted(sequences.length, 'sequence'),
      counted(types.length, 'type'),
      counted(routines.length, 'function or procedure', 'functions and procedures'),
    ].join(', '),
  ];
  if (catalog.notModelled.length > 0)
    lines.push('', 'Not in the catalog:', ...catalog.notModelled.map((one) => `  ${one}`));
  return lines.join('\n');
}
