/**
 * What is typed comes back to the editor as its value, later than the next key on a busy machine. Of the texts that were
 * typed and have not come back, those that are still to come once `value` has; null when it was never typed here, so that
 * the editor has to show it. An editor that took its own earlier text for news would lose what was typed since.
 */
export function afterEcho(typed: readonly string[], value: string): readonly string[] | null {
  const at = typed.indexOf(value);
  return at < 0 ? null : typed.slice(at + 1);
}
