/**
 * Makes something of an object once, as long as it is asked for again before `most` others are. In a `WeakMap` that lives
 * as long as the process, values outlive their keys by several collections of garbage, which was a tenth of what checking
 * thousands of migrations costs: so there are two of them, of which the older one is let go when the newer one is full.
 */
export function byObject<K extends WeakKey, V extends NonNullable<unknown> | null>(
  most: number,
  make: (key: K) => V,
): (key: K) => V {
  let newer = new WeakMap<K, V>();
  let older = new WeakMap<K, V>();
  let count = 0;
  return (key) => {
    const known = newer.get(key);
    if (known !== undefined) return known;
    const before = older.get(key);
    const value = before === undefined ? make(key) : before;
    if (count >= most) {
      older = newer;
      newer = new WeakMap();
      count = 0;
    }
    newer.set(key, value);
    count += 1;
    return value;
  };
}
