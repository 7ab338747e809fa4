import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { type Routine, routineSchema } from '../../../catalog/catalog.ts';
import { qualifiedName } from '../../../sql/qualified-name.ts';
import { quoteLiteral } from '../../../sql/quote-literal.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './routines.sql?raw';

const aggregateSchema = z.object({
  kind: z.string(),
  stateFunction: z.string(),
  stateType: z.string(),
  stateSpace: z.number(),
  finalFunction: z.string().nullable(),
  finalExtra: z.boolean(),
  finalModify: z.string(),
  combineFunction: z.string().nullable(),
  serialFunction: z.string().nullable(),
  deserialFunction: z.string().nullable(),
  initial: z.string().nullable(),
  movingStateFunction: z.string().nullable(),
  movingInverseFunction: z.string().nullable(),
  movingStateType: z.string().nullable(),
  movingStateSpace: z.number(),
  movingFinalFunction: z.string().nullable(),
  movingFinalExtra: z.boolean(),
  movingFinalModify: z.string(),
  movingInitial: z.string().nullable(),
  sortOperator: z.string().nullable(),
  parallel: z.string(),
});
type Aggregate = DeepReadonly<z.infer<typeof aggregateSchema>>;

const rowSchema = routineSchema.extend({
  oid: z.number(),
  definition: z.string().nullable(),
  aggregate: aggregateSchema.nullable(),
});
export type RoutineRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Functions, procedures and aggregates that no extension owns. */
export const routinesQuery: CatalogQuery<RoutineRow> = { reads: 'functions', text: () => text, row: rowSchema };

/** The routine of a row; the statement of an aggregate is put together here, because the server has no function for it. */
export function routineOfRow({ oid: _oid, aggregate, definition, ...row }: RoutineRow): Routine {
  return {
    ...row,
    definition: aggregate === null ? (definition ?? '').trimEnd() : createAggregate(row, aggregate),
  };
}

const modifies: Readonly<Record<string, string>> = { r: 'read_only', s: 'shareable', w: 'read_write' };

function createAggregate(routine: Omit<Routine, 'definition'>, aggregate: Aggregate): string {
  // Ordered-set aggregates let the final function modify the state by default, others do not.
  const usualModify = aggregate.kind === 'n' ? 'r' : 'w';
  const option = (name: string, value: string | number | null | false) =>
    value === null || value === false || value === 0 ? [] : [`${name} = ${value}`];
  const text = (value: string | null) => (value === null ? null : quoteLiteral(value));
  const options = [
    `SFUNC = ${aggregate.stateFunction}`,
    `STYPE = ${aggregate.stateType}`,
    ...option('SSPACE', aggregate.stateSpace),
    ...option('FINALFUNC', aggregate.finalFunction),
    ...(aggregate.finalExtra ? ['FINALFUNC_EXTRA'] : []),
    ...option('FINALFUNC_MODIFY', aggregate.finalModify !== usualModify && (modifies[aggregate.finalModify] ?? null)),
    ...option('COMBINEFUNC', aggregate.combineFunction),
    ...option('SERIALFUNC', aggregate.serialFunction),
    ...option('DESERIALFUNC', aggregate.deserialFunction),
    ...option('INITCOND', text(aggregate.initial)),
    ...option('MSFUNC', aggregate.movingStateFunction),
    ...option('MINVFUNC', aggregate.movingInverseFunction),
    ...option('MSTYPE', aggregate.movingStateType),
    ...option('MSSPACE', aggregate.movingStateSpace),
    ...option('MFINALFUNC', aggregate.movingFinalFunction),
    ...(aggregate.movingFinalExtra ? ['MFINALFUNC_EXTRA'] : []),
    ...option(
      'MFINALFUNC_MODIFY',
      aggregate.movingStateType !== null &&
        aggregate.movingFinalModify !== usualModify &&
        (modifies[aggregate.movingFinalModify] ?? null),
    ),
    ...option('MINITCOND', text(aggregate.movingInitial)),
    ...option('SORTOP', aggregate.sortOperator),
    ...option('PARALLEL', aggregate.parallel === 's' ? 'safe' : aggregate.parallel === 'r' ? 'restricted' : null),
    ...(aggregate.kind === 'h' ? ['HYPOTHETICAL'] : []),
  ];
  const parameters = routine.arguments === '' ? '*' : routine.arguments;
  return `CREATE AGGREGATE ${qualifiedName(routine)}(${parameters}) (\n    ${options.join(',\n    ')}\n)`;
}
