/**
 * What an extension brings, as far as migrations use it: enough to make stand-ins for it in a throw-away database, in words
 * of SQL. Names have no schema: all is made in that of the extension.
 */
export type ExtensionContents = {
  /** The only schema that it can be in, which it makes where it is not there. */
  readonly schema?: string;
  /** Extensions that must be there before it. */
  readonly requires?: readonly string[];
  /** Statements that run first: schemas and ordinary types. */
  readonly before?: readonly string[];
  /** Types that take any text, and what they take in brackets: nothing, a number, or words as in `(Point,4326)`. */
  readonly types?: Readonly<Record<string, 'nothing' | 'number' | 'words'>>;
  /** As in `f(a integer) returns text`, with `:= expression` where it gives something else than an empty value. */
  readonly functions?: readonly string[];
  /** As in `sum(vector) returns vector`. */
  readonly aggregates?: readonly string[];
  /** As in `<-> (vector, vector) returns real`. */
  readonly operators?: readonly string[];
  /** Access methods for indexes, and those for tables. */
  readonly indexMethods?: readonly string[];
  readonly tableMethods?: readonly string[];
  /** As in `hnsw vector_l2_ops vector`, or `gist geometry_ops geometry default`; after `with` operators for exclusion. */
  readonly operatorClasses?: readonly string[];
  /** Statements that run last: casts, tables, languages. */
  readonly after?: readonly string[];
};
