/** Why a text is not JSON: where that shows, and nothing of what stands there. */
export function notJson(cause: unknown): string {
  const place = cause instanceof Error ? /\(line (\d+) column (\d+)\)/.exec(cause.message) : null;
  return place === null ? 'it is not JSON' : `it is not JSON (line ${place[1]}, column ${place[2]})`;
}
