/** The text with a full stop, unless it ends with a mark already. */
export const asSentence = (text: string): string => (/[.!?:…]$/.test(text) ? text : `${text}.`);
