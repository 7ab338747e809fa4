/** How wide a character is, as a part of the size of its font: the mean for names. */
const characterWidth = { ui: 0.56, mono: 0.6 } as const;

/** The width that a text takes, near enough to lay it out without a font at hand. */
export const textWidth = (text: string, size: number, family: 'ui' | 'mono'): number =>
  [...text].length * size * characterWidth[family];

/** The text, cut with an ellipsis where it would be wider than `width`. */
export function fitText(text: string, width: number, size: number, family: 'ui' | 'mono'): string {
  const characters = [...text];
  const room = Math.floor(width / (size * characterWidth[family]));
  if (characters.length <= room) return text;
  return room < 2 ? '' : `${characters.slice(0, room - 1).join('')}…`;
}
