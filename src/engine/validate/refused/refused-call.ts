import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { signatureOfRoutine, takesArguments } from '../routine-signature.ts';
import type { CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

/** A `CALL` of what is no procedure, or of one that does not take so many arguments. */
export const refusedCall = (context: CheckContext): readonly Refusal[] => {
  const call = as(context.statement.node, 'CallStmt')?.funccall;
  const written = nameOfParts(strings(call?.funcname));
  if (call === undefined || !context.hasCatalog || written.schema === 'pg_catalog') return [];
  const range = context.source.identifier(written.name) ?? context.source.range;
  const routines = context.database.routines(written);
  const procedures = routines.filter(({ kind }) => kind === 'procedure');
  if (procedures.length === 0) {
    const [other] = routines;
    if (other !== undefined) return [{ range, sqlstate: '42809', reason: `${shown(written)} is a ${other.kind}` }];
    // Procedures of extensions are not listed.
    return context.database.catalog.extensions.some(({ name }) => name !== 'plpgsql')
      ? []
      : [{ range, sqlstate: '42883', reason: `there is no procedure ${shown(written)}` }];
  }
  const count = (call.args ?? []).length;
  const fits = procedures.some((procedure) => {
    const signature = signatureOfRoutine(procedure);
    // What only goes out is written too, since 14.
    return signature === null || signature.outputs.length > 0 || takesArguments(signature, count);
  });
  return fits ? [] : [{ range, sqlstate: '42883', reason: `no procedure ${shown(written)} takes ${count} arguments` }];
};
