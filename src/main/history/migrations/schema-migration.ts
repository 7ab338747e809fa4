/** One step of the history's own schema. Numbers go up in tens, so that a mend can be slipped between. */
export type SchemaMigration = {
  readonly version: number;
  readonly sql: string;
  /** Functions that the SQL calls, of one value each. */
  readonly functions?: Readonly<Record<string, (value: unknown) => unknown>>;
};
