import { qualifiedName } from '../../sql/qualified-name.ts';
import type { Routine } from '../catalog.ts';
import { routinePath } from './render-rights.ts';
import { definedStatement, type RenderedStatement } from './rendered-statement.ts';

/**
 * The statements that make a routine, or that replace `standInForRoutine`: one, unless its parsed body calls the routine
 * itself, which must then be there before.
 */
export function renderRoutine(routine: Routine): readonly RenderedStatement[] {
  const full = definedStatement(routine.kind, routinePath(routine), routine.definition);
  const standIn = standInForRoutine(routine);
  const callsItself = standIn !== null && bodyOf(routine).includes(`${qualifiedName(routine)}(`);
  return callsItself ? [standIn, full] : [full];
}

// The server writes a body that it has parsed on lines of its own, after all that describes the routine.
const parsedBody = /\n(?:BEGIN ATOMIC\n|RETURN )/;

/**
 * The routine with an empty text for a body, for a circle of objects that need it before what its body names can be made.
 * Null when its body is a text anyway, which the server does not look into.
 */
export function standInForRoutine(routine: Routine): RenderedStatement | null {
  const body = bodyOf(routine);
  if (body === '') return null;
  const head = routine.definition.slice(0, -body.length);
  return definedStatement(routine.kind, routinePath(routine), `${head}\nAS ''`);
}

/** The body that the server has parsed; empty when it has not. */
function bodyOf(routine: Routine): string {
  const at = routine.language === 'sql' ? routine.definition.search(parsedBody) : -1;
  return at === -1 ? '' : routine.definition.slice(at);
}
