import type { Catalog } from '../../catalog/catalog.ts';
import type { RenderedStatement } from '../../catalog/render/rendered-statement.ts';
import { type Sql, toText } from '../../sql/sql.ts';

/** One statement of a migration without its semicolon, and the reason that stands above it as a comment. */
export type PlannedStatement = { readonly comment: string | null; readonly text: string };

/** What one change comes to: its statements both ways, and the catalog that up leaves behind. */
export type Step = {
  readonly up: readonly PlannedStatement[];
  readonly down: readonly PlannedStatement[];
  readonly assumptions: readonly string[];
  readonly risks: readonly string[];
  readonly catalog: Catalog;
};

/** A step, or the reason why this database does not allow the change. */
export type StepResult = { readonly step: Step } | { readonly reason: string };

/** A statement of Lockstep's own making. */
export const planned = (comment: string | null, piece: Sql): PlannedStatement => ({ comment, text: toText(piece) });

/** Statements that render the catalog, the first one with a comment. */
export const restored = (
  comment: string | null,
  statements: readonly RenderedStatement[],
): readonly PlannedStatement[] =>
  statements.map((statement, index) => ({ comment: index === 0 ? comment : null, text: statement.sql }));

/** A step from its parts; what is left out is empty. */
export const stepOf = (catalog: Catalog, parts: Partial<Omit<Step, 'catalog'>>): { readonly step: Step } => ({
  step: { up: [], down: [], assumptions: [], risks: [], ...parts, catalog },
});

/** The change cannot be made, for this reason. */
export const impossible = (reason: string): { readonly reason: string } => ({ reason });

/** Runs steps one after the other, each on the catalog that the one before leaves; downs come in reverse order. */
export function inOrder(catalog: Catalog, makers: readonly ((catalog: Catalog) => StepResult)[]): StepResult {
  let current: Step = { up: [], down: [], assumptions: [], risks: [], catalog };
  for (const make of makers) {
    const made = make(current.catalog);
    if ('reason' in made) return made;
    const { step } = made;
    current = {
      up: [...current.up, ...step.up],
      down: [...step.down, ...current.down],
      assumptions: [...current.assumptions, ...step.assumptions],
      risks: [...current.risks, ...step.risks],
      catalog: step.catalog,
    };
  }
  return { step: current };
}
