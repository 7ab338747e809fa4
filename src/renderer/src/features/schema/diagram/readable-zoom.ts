/** Below this zoom nobody can read a row or tell the ends of a line, and drawing thousands of them would stutter. */
export const readableZoom = 0.3;
