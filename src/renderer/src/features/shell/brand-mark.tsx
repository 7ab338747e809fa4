/** The mark of Lockstep: two brackets that lock into each other, up and down. */
export function BrandMark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      fill="none"
      height={size}
      strokeLinecap="round"
      strokeWidth="2"
      viewBox="0 0 20 20"
      width={size}
    >
      <path d="M3 4h8.5v8.5" stroke="currentColor" />
      <path className="brand-mark-second" d="M17 16H8.500V7.500" stroke="currentColor" />
    </svg>
  );
}
