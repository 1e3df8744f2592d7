import { absoluteWords } from '#components/ui/relative-words.ts';
import { visible } from '#lib/byok/shown-text.ts';
import { type Change, changesOf } from './diff.ts';
import { fieldName } from './words.ts';

const shownAtOnce = 3;

/** What an event changed, compactly: a few fields at once, the rest on demand. */
export function Changes({ operation, before, after }: { operation: string; before: unknown; after: unknown }) {
  const changes = changesOf(before, after);
  if (changes.length === 0) return <span className="text-ink-3">–</span>;
  const rest = changes.slice(shownAtOnce);
  return (
    <>
      <ChangeList changes={changes.slice(0, shownAtOnce)} operation={operation} />
      {rest.length > 0 ? (
        <details>
          <summary className="text-ink-2">{rest.length} more</summary>
          <ChangeList changes={rest} operation={operation} />
        </details>
      ) : null}
    </>
  );
}

function ChangeList({ changes, operation }: { changes: Change[]; operation: string }) {
  return (
    <ul className="text-xs [overflow-wrap:anywhere]">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <span className="text-ink-2">{fieldName(field, operation)}: </span>
          {before === null ? null : <del className="text-ink-2">{plain(before)}</del>}
          {before === null || after === null ? null : ' → '}
          {after === null ? null : <ins className="no-underline">{plain(after)}</ins>}
        </li>
      ))}
    </ul>
  );
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function plain(value: string): string {
  if (instant.test(value)) return absoluteWords(Date.parse(value), 'UTC');
  if (value === 'true') return 'yes';
  return value === 'false' ? 'no' : visible(value);
}
