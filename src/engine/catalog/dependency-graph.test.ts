import { describe, expect, it } from 'vitest';
import { catalog } from '../../../test/support/catalog-objects.ts';
import type { Dependency, Routine } from './catalog.ts';
import { columnObject, dependencyGraph, pathOf } from './dependency-graph.ts';

const object = (kind: string, name: string) => ({ kind, schema: 'public', name });
const edge = (dependent: [string, string], on: [string, string, string?]): Dependency => ({
  dependent: object(dependent[0], dependent[1]),
  on: { ...object(on[0], on[1]), column: on[2] ?? null },
});
const users = { schema: 'public', name: 'users' };

const graph = dependencyGraph(
  catalog({
    dependencies: [
      edge(['view', 'emails'], ['table', 'users', 'email']),
      edge(['view', 'names'], ['table', 'users', 'Full Name']),
      edge(['view', 'all_of_it'], ['view', 'emails', 'email']),
      edge(['view', 'all_of_it'], ['view', 'names', 'Full Name']),
      edge(['column', 'users.shout'], ['table', 'users', 'email']),
      edge(['constraint', 'users.long_enough'], ['table', 'users', 'shout']),
      edge(['trigger', 'users.touch'], ['table', 'users']),
      edge(['trigger', 'users.touch'], ['routine', 'touch()']),
      edge(['routine', 'one()'], ['routine', 'two()']),
      edge(['routine', 'two()'], ['routine', 'one()']),
    ],
  }),
);
const names = (reached: readonly { readonly object: Parameters<typeof pathOf>[0] }[]) =>
  reached.map((each) => pathOf(each.object));

describe('the graph of dependencies', () => {
  it('knows what uses a column, directly and through others', () => {
    const email = columnObject(users, 'email');
    expect(names(graph.dependentsOf(email))).toEqual(['public.emails', 'public.users.shout']);
    const reached = graph.dependentsOf(email, { transitive: true });
    expect(names(reached)).toEqual([
      'public.emails',
      'public.users.shout',
      'public.all_of_it',
      'public.users.long_enough',
    ]);
    expect(reached.at(-1)?.path.map(pathOf)).toEqual(['public.users.shout', 'public.users.long_enough']);
  });

  it('takes what uses a column for something that uses the table', () => {
    expect(names(graph.dependentsOf({ kind: 'table', ...users }))).toEqual([
      'public.emails',
      'public.names',
      'public.users.shout',
      'public.users.long_enough',
      'public.users.touch',
    ]);
  });

  it('tells what an object needs, each once', () => {
    expect(names(graph.dependenciesOf(object('view', 'all_of_it'), { transitive: true }))).toEqual([
      'public.emails.email',
      'public.emails',
      'public.names."Full Name"',
      'public.names',
      'public.users.email',
      'public.users',
      'public.users."Full Name"',
    ]);
    expect(names(graph.dependenciesOf(object('trigger', 'users.touch')))).toEqual(['public.users', 'public.touch()']);
  });

  it('ends where a circle closes', () => {
    expect(names(graph.dependentsOf(object('routine', 'one()'), { transitive: true }))).toEqual(['public.two()']);
  });

  it('has nothing for what it does not know', () => {
    expect(graph.dependentsOf(object('table', 'nobody'), { transitive: true })).toEqual([]);
  });

  it('finds routines by the names in their bodies, also inside of strings that may be run', () => {
    const routine = (name: string, body: string): Routine => ({
      ...{ schema: 'Odd', name, kind: 'function', arguments: 'a integer', result: null, language: 'plpgsql' },
      ...{ volatility: 'volatile', strict: false, securityDefiner: false, owner: 'postgres', comment: null },
      definition: `CREATE OR REPLACE FUNCTION "Odd".${name}(a integer)\n LANGUAGE plpgsql\nAS $function$${body}$function$\n`,
    });
    const bodies = dependencyGraph(
      catalog({
        routines: [
          routine('plain', ' begin update Users set a = 1; end '),
          routine('quoted', ' begin update "users" set a = 1; end '),
          routine('dynamic', " begin execute 'delete from users where id = ' || a; end "),
          routine('nested', ' begin execute $q$delete from users$q$; end '),
          routine('other', ' begin update "Users" set users_count = 1; -- users\n end '),
        ],
      }),
    );
    expect(bodies.routinesNaming('users').map(pathOf)).toEqual([
      '"Odd".plain(a integer)',
      '"Odd".quoted(a integer)',
      '"Odd".dynamic(a integer)',
      '"Odd".nested(a integer)',
    ]);
    expect(bodies.routinesNaming('Users').map(pathOf)).toEqual(['"Odd".other(a integer)']);
  });
});
