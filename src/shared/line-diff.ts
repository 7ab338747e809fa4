/** One line of a comparison; line numbers count from 1 and are null on the side that lacks it. */
export type DiffLine = {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
};

/** Above this many cells the middle is shown as replaced, because nobody reads such a diff line by line. */
const tableLimit = 4_000_000;

/** Compares two texts line by line: a shortest list of removals and additions, removals first. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const lines: DiffLine[] = [];
  const same = (i: number, j: number): void => {
    lines.push({ kind: 'same', text: a[i] ?? '', before: i + 1, after: j + 1 });
  };
  const remove = (i: number): void => {
    lines.push({ kind: 'removed', text: a[i] ?? '', before: i + 1, after: null });
  };
  const add = (j: number): void => {
    lines.push({ kind: 'added', text: b[j] ?? '', before: null, after: j + 1 });
  };
  for (let i = 0; i < start; i += 1) same(i, i);
  const rows = endA - start;
  const columns = endB - start;
  let i = start;
  let j = start;
  if (rows * columns <= tableLimit) {
    const width = columns + 1;
    const longest = new Uint32Array((rows + 1) * width);
    const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
    for (let row = rows - 1; row >= 0; row -= 1) {
      for (let column = columns - 1; column >= 0; column -= 1) {
        longest[row * width + column] =
          a[start + row] === b[start + column]
            ? at(row + 1, column + 1) + 1
            : Math.max(at(row + 1, column), at(row, column + 1));
      }
    }
    while (i < endA && j < endB) {
      if (a[i] === b[j]) same(i++, j++);
      else if (at(i + 1 - start, j - start) >= at(i - start, j + 1 - start)) remove(i++);
      else add(j++);
    }
  }
  while (i < endA) remove(i++);
  while (j < endB) add(j++);
  for (; i < a.length; i += 1, j += 1) same(i, j);
  return lines;
}

/** Only what changed with some unchanged lines around it; null stands for lines that were left out. */
export function diffWithContext(lines: readonly DiffLine[], context: number): readonly (DiffLine | null)[] {
  const keep = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some((line) => line.kind !== 'same'),
  );
  const shown: (DiffLine | null)[] = [];
  for (const [index, line] of lines.entries()) {
    if (keep[index]) shown.push(line);
    else if (shown.at(-1) !== null) shown.push(null);
  }
  return shown;
}
