/**
 * Makes something of a text once, for texts that come again and again, such as the names of types. Forgets everything when
 * it knows `most` texts. What is made is shared and must not be changed.
 */
export function byText<T>(most: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const made = known.get(text);
    if (made !== undefined || known.has(text)) return made as T;
    if (known.size >= most) known.clear();
    const fresh = make(text);
    known.set(text, fresh);
    return fresh;
  };
}
