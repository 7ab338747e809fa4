/** A colour of the design by the name of its token. */
export type Ink = (typeof inkNames)[number];

/** Every colour that a picture of a diagram is made of. */
export const inkNames = [
  'bg-canvas',
  'bg-panel',
  'bg-subtle',
  'line',
  'line-strong',
  'line-control',
  'tx-1',
  'tx-2',
  'tx-3',
  'accent',
  'accent-tint',
  'ok',
  'ok-tint',
  'warn',
  'warn-tint',
  'bad',
  'bad-tint',
] as const;

/** The colours of one theme. */
export type Inks = Readonly<Record<Ink, string>>;

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

type Stroke = { readonly ink: Ink; readonly width: number; readonly dashed?: boolean };

/** What a picture is made of, in the order of painting; lengths in pixels of the diagram at zoom 1. */
export type Shape =
  | {
      readonly kind: 'box';
      readonly at: Rectangle;
      readonly radius: number;
      readonly fill: Ink | null;
      readonly stroke: Stroke | null;
    }
  /** `data` is the path data of SVG. */
  | { readonly kind: 'path'; readonly data: string; readonly fill: Ink | null; readonly stroke: Stroke }
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Where the text begins, or ends when it is aligned to its end; `y` is its middle. */
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly ink: Ink;
      readonly family: 'ui' | 'mono';
      readonly strong: boolean;
      readonly align: 'start' | 'end' | 'middle';
      readonly struck?: boolean;
      /** On a canvas never smaller than this many pixels on the screen, then on a ground of its own. */
      readonly smallest?: number;
    };
