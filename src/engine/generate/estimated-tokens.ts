// SQL and names are cut into shorter tokens than English; this errs on the side of too many.
const charactersPerToken = 3.2;

/** About how many tokens a model takes a text of SQL and names for. */
export const estimatedTokens = (text: string): number => Math.ceil(text.length / charactersPerToken);
