/** How many letters a slip of the pen changes at most. */
const slips = 2;

/** Those of the known names that a wrong one may have been meant to be, most likely first. */
export function nearNames(wrong: string, known: readonly string[]): readonly string[] {
  const plain = wrong.toLowerCase();
  return known
    .map((name) => ({ name, distance: distanceOf(plain, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= slips || (plain.length > slips && name.toLowerCase().includes(plain)))
    .sort((left, right) => left.distance - right.distance)
    .map(({ name }) => name);
}

/** How many letters must be put in, taken out or changed to turn one text into the other. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
