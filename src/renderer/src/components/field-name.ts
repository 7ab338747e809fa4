/** Where the label of a field stands; `hidden` keeps it for screen readers. */
export type FieldLayout = 'above' | 'beside' | 'hidden';

/** The accessible name of a field whose label is not drawn. */
export const fieldName = (layout: FieldLayout, label: string): { readonly 'aria-label'?: string } =>
  layout === 'hidden' ? { 'aria-label': label } : {};
