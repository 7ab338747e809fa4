/** The columns of a partition key such as `RANGE (a, b)`; null where it holds an expression. */
export const partitionColumns = (definition: string): readonly string[] | null => {
  const inner = /\((?<list>.*)\)\s*$/s.exec(definition)?.groups?.['list'] ?? '';
  if (inner.includes('(')) return null;
  return inner.split(',').map((part) => {
    const name = part.trim();
    return name.startsWith('"')
      ? (/^"(?<name>(?:[^"]|"")*)"/.exec(name)?.groups?.['name'] ?? '').replaceAll('""', '"')
      : (name.split(/\s/)[0] ?? '');
  });
};
