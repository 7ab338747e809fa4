import { describe, expect, it } from 'vitest';
import { catalog as catalogOf, column, table, uniqueIndex } from '../../../test/support/catalog-objects.ts';
import { catalogObjects, shownFor } from './catalog-objects.ts';

const catalog = catalogOf({
  tables: [
    table('Users "1"', { schema: 'app', columns: [column('id')], indexes: [uniqueIndex('Users "of" app', ['id'])] }),
    table('users', { schema: 'other', columns: [column('id')] }),
  ],
});
const objects = catalogObjects(catalog);

describe('what is shown for an object of the dependency graph', () => {
  it.each([
    [{ kind: 'table', schema: 'other', name: 'users' }, 'other.users'],
    [{ kind: 'column', schema: 'other', name: 'users.id' }, 'other.users'],
    [{ kind: 'policy', schema: 'app', name: '"Users ""1""".own' }, 'app."Users ""1"""'],
    [{ kind: 'index', schema: 'app', name: 'Users "of" app' }, 'app."Users ""1"""'],
    [{ kind: 'column', schema: 'app', name: 'gone.id' }, null],
    [{ kind: 'collation', schema: 'app', name: 'german' }, null],
  ])('%j is shown as %s', (object, id) => expect(shownFor(object, objects)).toBe(id));
});
