const shownAtOnce = 40;

/** Table ids that contain the text, those whose own name begins with it first; at most forty. */
export function findTables(tables: readonly string[], text: string): readonly string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return tables.slice(0, shownAtOnce);
  const rank = (id: string): number => {
    const name = id
      .slice(id.lastIndexOf('.') + 1)
      .replaceAll('"', '')
      .toLowerCase();
    return name === wanted ? 0 : name.startsWith(wanted) ? 1 : id.toLowerCase().startsWith(wanted) ? 2 : 3;
  };
  return tables
    .filter((id) => id.toLowerCase().includes(wanted))
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, shownAtOnce);
}
