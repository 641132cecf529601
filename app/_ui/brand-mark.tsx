/** The product's sign: a frame that plays and the lines it becomes. Same drawing as app/icon.svg. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path d="M9 8.75a1 1 0 0 1 1.5-.87l7.2 4.16a1 1 0 0 1 0 1.73l-7.2 4.16a1 1 0 0 1-1.5-.87z" fill="#fff" />
      <path
        d="M9 23.25h14M17.5 19.25H23M21.5 15.25H23"
        stroke="#fff"
        strokeWidth="2"
        strokeLinecap="round"
        opacity=".82"
      />
    </svg>
  );
}
