/** Below this zoom nobody can read a row or tell the ends of a line. */
export const readableZoom = 0.3;

/** From this many cards on, a diagram is painted where nobody can read it: an element for each would stutter. */
export const manyCards = 120;

/** Below this zoom a diagram of many cards is painted, each with its name as large as fits. */
export const paintedZoom = 0.6;
