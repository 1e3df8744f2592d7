/** Shows that something is under way. Says nothing to a screen reader: the control beside it does. */
export function Spinner({ className = 'size-4' }: { className?: string }) {
  return (
    <svg aria-hidden="true" className={`${className} animate-spin`} fill="none" viewBox="0 0 16 16">
      <circle cx="8" cy="8" opacity="0.3" r="6" stroke="currentColor" strokeWidth="2" />
      <path d="M14 8a6 6 0 0 0-6-6" stroke="currentColor" strokeLinecap="round" strokeWidth="2" />
    </svg>
  );
}
