/** The fixed text of a prompt; `version` is the name of its file without the ending. */
export type Prompt = { readonly version: string; readonly text: string };

/** Every prompt that drafting needs; the engine is given them. */
export type Prompts = {
  readonly chooseTables: Prompt;
  readonly writeMigration: Prompt;
  readonly repairMigration: Prompt;
};
