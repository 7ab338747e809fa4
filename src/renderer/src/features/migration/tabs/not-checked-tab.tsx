import './not-checked-tab.css';

/** What nobody has checked: never hidden, so that silence is not taken for safety. */
export function NotCheckedTab({ items }: { readonly items: readonly string[] }) {
  if (items.length === 0) {
    return <p className="tab-empty">Nothing is listed. Behaviour under production load is never checked.</p>;
  }
  return (
    <ul className="not-checked">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
