/** What a comparison may leave out. */
export type Ignorable =
  | 'owner'
  | 'grants'
  | 'comments'
  | 'column-order'
  | 'extension-versions'
  | 'tablespaces'
  /** Line breaks, comments and the spelling of keywords in the bodies of SQL and PL/pgSQL routines. */
  | 'body-layout';

/**
 * What a faithful copy of a database may differ in: another role owns what it runs, it is kept in other places, a column
 * that came back stands last, and a body may have been written back with other line breaks.
 */
export const whatCopiesDifferIn: readonly Ignorable[] = ['owner', 'tablespaces', 'column-order', 'body-layout'];
