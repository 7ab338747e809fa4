import './proof-mark.css';

export type ProofState = 'equal' | 'differs' | 'not-run';

/** The drawing of a comparison alone; only where the word stands beside it. */
export function ProofShape({ state, size = 18 }: { readonly state: ProofState; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      className={`proof-shape proof-shape-${state}`}
      fill="none"
      height={size}
      viewBox="0 0 18 18"
      width={size}
    >
      {state === 'equal' ? (
        <>
          <circle className="proof-shape-ground" cx="9" cy="9" r="8.3" />
          <path className="proof-shape-line" d="M5.5 7h7M5.5 11h7" />
        </>
      ) : null}
      {state === 'differs' ? (
        <>
          <path className="proof-shape-ground" d="M1 1h16v16H1z" />
          <path className="proof-shape-line" d="M5 7h8M5 11h8M11.5 4l-5 10" />
        </>
      ) : null}
      {state === 'not-run' ? <circle className="proof-shape-dashed" cx="9" cy="9" r="8" /> : null}
    </svg>
  );
}

/** The outcome of one comparison: equal (circle), differs (square, with the number), not run (dashed). */
export function ProofMark({ state, differences = 0 }: { readonly state: ProofState; readonly differences?: number }) {
  const word =
    state === 'equal'
      ? 'equal'
      : state === 'not-run'
        ? 'not run'
        : `${differences} ${differences === 1 ? 'difference' : 'differences'}`;
  return (
    <span className={`proof-mark proof-mark-${state}`}>
      <ProofShape state={state} />
      {word}
    </span>
  );
}
