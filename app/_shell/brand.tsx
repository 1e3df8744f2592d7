/** Name and sign, beside each other. */
export function Brand() {
  return (
    <span className="flex items-center gap-2 font-semibold text-[0.9375rem] tracking-tight">
      <svg aria-hidden="true" className="size-4.5 text-act" fill="currentColor" viewBox="0 0 18 18">
        <rect height="18" rx="5" width="18" />
      </svg>
      Keyward
    </span>
  );
}
