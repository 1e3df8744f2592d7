/** Sign and name; with a workplace, that stands first, since it says whose data is on the screen. */
export function Brand({ workplace }: { workplace?: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5 font-semibold text-[0.9375rem] leading-tight tracking-[-0.01em]">
      <Sign />
      <span className="wrap-anywhere min-w-0">
        {workplace ? (
          <span className="line-clamp-2" title={workplace}>
            {workplace}
          </span>
        ) : (
          'Keyward'
        )}
        {workplace ? (
          <span className="mt-0.5 block font-normal text-ink-3 text-xs tracking-normal">Keyward</span>
        ) : null}
      </span>
    </span>
  );
}

/** A keyhole. Decorative: the name stands beside it. */
function Sign() {
  return (
    <svg aria-hidden="true" className="size-5.5 shrink-0 forced-color-adjust-none" viewBox="0 0 22 22">
      <rect className="fill-act" height="22" rx="6" width="22" />
      <path
        className="fill-act-ink"
        d="M11 5.4a3.1 3.1 0 0 1 1.3 5.9v4.6a.7.7 0 0 1-.7.7h-1.2a.7.7 0 0 1-.7-.7v-4.6A3.1 3.1 0 0 1 11 5.4z"
      />
    </svg>
  );
}
