/** The schemas of a list that an option gives, or undefined where it gives none. */
export const schemaList = (list: string | undefined): readonly string[] | undefined =>
  list?.split(',').map((name) => name.trim());
