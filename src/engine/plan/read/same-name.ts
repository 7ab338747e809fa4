const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  indices: 'index',
  statuses: 'status',
  addresses: 'address',
  data: 'data',
  news: 'news',
  series: 'series',
};

/** The singular of an English noun in lower case; a word that is singular already stays as it is. */
export function singular(word: string): string {
  const known = irregular[word];
  if (known !== undefined) return known;
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:sses|xes|zes|ches|shes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** The words of a name, in the singular: `OrderItems`, `order_items` and "order item" are alike. */
export function nameKey(name: string): string {
  return name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .map(singular)
    .join('_');
}

/** How well a name from a request fits the name of an object: 0 is exact, 2 is by its words; null when it does not. */
export function nameFit(said: string, name: string): number | null {
  if (said === name) return 0;
  if (said.toLowerCase() === name.toLowerCase()) return 1;
  const key = nameKey(said);
  return key !== '' && key === nameKey(name) ? 2 : null;
}

/** True when two names differ by one or two typing slips: worth a question, never a guess. */
export function looksLike(said: string, name: string): boolean {
  const a = nameKey(said);
  const b = nameKey(name);
  if (a.length < 3 || Math.abs(a.length - b.length) > 2) return false;
  let beforeThat: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforeThat[j - 2] ?? 0) + 1 : replaced;
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced, swapped));
    }
    beforeThat = previous;
    previous = row;
  }
  return (previous[b.length] ?? 9) <= (a.length > 5 ? 2 : 1);
}

/** The stem of each word of a name: "shipping date" and `shipped_date` are alike. */
export const stemKey = (name: string): string =>
  nameKey(name)
    .split('_')
    .map((word) => {
      const stem = word.replace(/(?<=[a-z]{3})(?:ing|ed)$/, '');
      return stem === word ? word : stem.replace(/([b-df-hj-np-tv-z])\1$/, '$1');
    })
    .join('_');
