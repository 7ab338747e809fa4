import { describe, expect, test } from 'vitest';
import { connectionIdSchema, migrationIdSchema } from '../../../shared/ids.ts';
import {
  activateTab,
  activeTab,
  areaOf,
  closeConnectionTabs,
  closeTab,
  initialTabs,
  openTab,
  reopenTab,
  stepTab,
  type TabContent,
} from './tabs.ts';

const shop = connectionIdSchema.parse('shop');
const schema: TabContent = { kind: 'schema', connectionId: shop };
const migration = (id: string): TabContent => ({ kind: 'migration', migrationId: migrationIdSchema.parse(id) });

const opened = [schema, migration('m1'), { kind: 'history' } as const].reduce(openTab, initialTabs);
const ids = (state: { readonly tabs: readonly { readonly id: string }[] }): string[] => state.tabs.map((tab) => tab.id);

describe('tabs', () => {
  test('the first thing that opens takes the place of the start page', () => {
    expect(ids(openTab(initialTabs, schema))).toEqual(['schema:shop']);
  });

  test('a thing opens beside the tab in front and comes to the front', () => {
    expect(ids(opened)).toEqual(['schema:shop', 'migration:m1', 'history']);
    const state = openTab(activateTab(opened, 'schema:shop'), migration('m2'));
    expect(ids(state)).toEqual(['schema:shop', 'migration:m2', 'migration:m1', 'history']);
    expect(state.activeId).toBe('migration:m2');
  });

  test('the same thing is never open twice', () => {
    const state = openTab(opened, schema);
    expect(ids(state)).toEqual(ids(opened));
    expect(state.activeId).toBe('schema:shop');
  });

  test('closing the tab in front shows its right neighbour, at the end its left one', () => {
    expect(closeTab(activateTab(opened, 'migration:m1'), 'migration:m1').activeId).toBe('history');
    expect(closeTab(opened, 'history').activeId).toBe('migration:m1');
  });

  test('closing a tab behind leaves the one in front', () => {
    expect(closeTab(opened, 'schema:shop').activeId).toBe('history');
  });

  test('closing the last tab brings the start page back', () => {
    const one = openTab(initialTabs, schema);
    const none = closeTab(one, 'schema:shop');
    expect(ids(none)).toEqual(['start']);
    expect(activeTab(none).kind).toBe('start');
  });

  test('the tab closed last comes back first', () => {
    const state = closeTab(closeTab(opened, 'schema:shop'), 'history');
    const once = reopenTab(state);
    expect(once.activeId).toBe('history');
    expect(reopenTab(once).activeId).toBe('schema:shop');
    expect(reopenTab(reopenTab(once))).toEqual(reopenTab(once));
  });

  test('stepping goes around the ends', () => {
    expect(stepTab(opened, 1).activeId).toBe('schema:shop');
    expect(stepTab(opened, -1).activeId).toBe('migration:m1');
  });

  test('an unknown tab can be neither shown nor closed', () => {
    expect(activateTab(opened, 'nope')).toBe(opened);
    expect(closeTab(opened, 'nope')).toBe(opened);
  });

  test('a deleted connection takes its schema along and leaves its migrations', () => {
    expect(ids(closeConnectionTabs(opened, shop))).toEqual(['migration:m1', 'history']);
  });

  test('belong to an entry of the rail', () => {
    expect(areaOf(migration('m1'))).toBe('migrations');
    expect(areaOf(schema)).toBe('schema');
    expect(areaOf({ kind: 'start' })).toBeNull();
  });
});
