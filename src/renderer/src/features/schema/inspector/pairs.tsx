import type { ReactNode } from 'react';

/** One line of facts: what it is, and how much; `hint` explains it on hover. */
export type Pair = { readonly label: string; readonly value: ReactNode; readonly hint?: string };

/** Facts under a heading, with a note at its right such as their date. */
export function Pairs({
  title,
  note,
  pairs,
}: {
  readonly title: string;
  readonly note?: string;
  readonly pairs: readonly Pair[];
}) {
  return (
    <section className="inspector-section">
      <div className="row">
        <h3 className="eyebrow grow">{title}</h3>
        {note === undefined ? null : <span className="text-micro text-2">{note}</span>}
      </div>
      <dl className="inspector-pairs">
        {pairs.map(({ label, value, hint }) => (
          <div key={label} title={hint}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
