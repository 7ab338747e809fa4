/** Compares two texts by their UTF-16 code units: the same on every machine and in every locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Compares by schema, then name, then arguments, as far as the two have them. */
export function byName(left: Named, right: Named): number {
  return (
    compareText(left.schema ?? '', right.schema ?? '') ||
    compareText(left.name, right.name) ||
    compareText(left.arguments ?? '', right.arguments ?? '') ||
    compareText(left.kind ?? '', right.kind ?? '')
  );
}

type Named = {
  readonly schema?: string;
  readonly name: string;
  readonly arguments?: string;
  readonly kind?: string;
};
