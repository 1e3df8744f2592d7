/** What a name was understood to say. `note` names what is allowed and still worth a second look. */
export type ReadBack = { parts: { label: string; value: string }[]; note: string | null };

/** What was read out of what was pasted, beneath the field, so that a slip is seen at once. */
export function Understood({ facts }: { facts: ReadBack | null }) {
  if (!facts) return null;
  return (
    <div className="mt-1.5 text-[0.8125rem]">
      <dl className="flex flex-wrap gap-x-4 gap-y-0.5">
        {facts.parts.map(({ label, value }) => (
          <div className="flex min-w-0 gap-1.5" key={label}>
            <dt className="text-ink-2">{label}</dt>
            <dd className="min-w-0 wrap-anywhere font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      {facts.note ? <p className="mt-0.5 text-warn">{facts.note}</p> : null}
    </div>
  );
}
