import type { DefinedObject } from '../catalog.ts';

/** The statements that take default privileges back: each `GRANT … TO` as its `REVOKE … FROM` and the other way round. */
export const revokedDefaults = (privileges: DefinedObject): readonly string[] =>
  [privileges.definition, ...(privileges.further ?? [])].map((text) =>
    / GRANT [^"]+ TO /.test(text)
      ? text
          .replace(' GRANT ', ' REVOKE ')
          .replace(/ TO (?=\S+(?: WITH GRANT OPTION)?$|")/, ' FROM ')
          .replace(/ WITH GRANT OPTION$/, '')
      : text.replace(' REVOKE ', ' GRANT ').replace(/ FROM (?=\S+$|")/, ' TO '),
  );
