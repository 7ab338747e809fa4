/** What a comparison may leave out. */
export type Ignorable =
  | 'owner'
  | 'grants'
  | 'comments'
  | 'column-order'
  | 'extension-versions'
  /** Line breaks, comments and the spelling of keywords in the bodies of SQL and PL/pgSQL routines. */
  | 'body-layout';
