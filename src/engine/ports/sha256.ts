/** SHA-256 of texts, one behind the other in UTF-8, as hex. */
export type Sha256 = (texts: readonly string[]) => string;
