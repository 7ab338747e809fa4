import type { Routine } from '../catalog.ts';
import { routinePath } from './render-rights.ts';
import { definedStatement, type RenderedStatement } from './rendered-statement.ts';

/** The statement that makes a routine, or that replaces `standInForRoutine`. */
export const renderRoutine = (routine: Routine): RenderedStatement =>
  definedStatement(routine.kind, routinePath(routine), routine.definition);

// The server writes a body that it has parsed on lines of its own, after all that describes the routine.
const parsedBody = /\n(?:BEGIN ATOMIC\n|RETURN )/;

/**
 * The routine with an empty text for a body, for a circle of objects that need it before what its body names can be made.
 * Null when its body is a text anyway, which the server does not look into.
 */
export function standInForRoutine(routine: Routine): RenderedStatement | null {
  const at = routine.language === 'sql' ? routine.definition.search(parsedBody) : -1;
  if (at === -1) return null;
  return definedStatement(routine.kind, routinePath(routine), `${routine.definition.slice(0, at)}\nAS ''`);
}
