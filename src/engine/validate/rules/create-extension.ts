import { as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

export const createExtension = defineRule({
  id: 'create-extension',
  title: 'Extension in a migration',
  category: 'locking',
  severity: 'info',
  servers: {},
  on: ['AlterExtensionStmt', 'CreateExtensionStmt'],
  optIn: true,
  docs: {
    what: 'CREATE or ALTER EXTENSION.',
    why: 'It needs files on the server and often a superuser, which the role that migrates is not everywhere; without a version each server installs another one.',
    instead: 'Install it with the server, and pin the VERSION.',
    ignoreWhen: 'the extension is trusted and on every server.',
    manual: 'https://www.postgresql.org/docs/current/sql-createextension.html',
  },
  examples: [
    {
      name: 'an extension',
      up: 'CREATE EXTENSION IF NOT EXISTS pg_trgm;',
      finds: [{ text: 'CREATE EXTENSION', severity: 'info' }],
    },
    { name: 'an update', up: 'alter extension pg_trgm update;', finds: [{ text: 'alter extension' }] },
    { name: 'a dropped one is another rule’s', up: 'drop extension pg_trgm;', finds: [] },
    { name: 'a schema', up: 'create schema tools;', finds: [] },
  ],
  check: (context) => {
    const { node } = context.statement;
    const name = as(node, 'CreateExtensionStmt')?.extname ?? as(node, 'AlterExtensionStmt')?.extname;
    if (name === undefined) return [];
    return [
      {
        range: context.source.head(2),
        message: `The extension ${name} must be on every server, and the role that migrates must be allowed to have it`,
        evidence: { extension: name },
      },
    ];
  },
});
