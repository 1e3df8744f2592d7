import { Badge } from '#components/ui/badge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { HistoryEvent } from '#lib/byok/account-views.ts';
import { type ErrorCode, errorWords } from '#lib/byok/errors.ts';
import { countOf, plural } from '#lib/byok/format.ts';
import { anyWords } from '#lib/byok/providers.ts';
import { repeatedIn, repeatedWords } from '#lib/byok/repeated-refusals.ts';
import { visible } from '#lib/byok/shown-text.ts';
import { Changes } from './changes.tsx';
import { eventHref } from './filters.ts';
import { outcomeOf, wordsOf } from './words.ts';

/** Events, newest first. Each has an address; the one that the address names stands out. */
export function EventsTable({ events, path }: { events: HistoryEvent[]; path: string }) {
  return (
    <Table label="Events">
      <Thead>
        <tr>
          <Th>Time</Th>
          <Th>Who</Th>
          <Th>What</Th>
          <Th>Outcome</Th>
          <Th>Before → after</Th>
          <Th>Requests</Th>
        </tr>
      </Thead>
      <Tbody>
        {events.map((event) => (
          <EventRow event={event} key={event.id} path={path} />
        ))}
      </Tbody>
    </Table>
  );
}

function EventRow({ event, path }: { event: HistoryEvent; path: string }) {
  const outcome = outcomeOf(event);
  return (
    <Tr className="scroll-mt-16 target:bg-moving-bg" id={event.id}>
      <Td className="min-w-32">
        <a className="link" href={eventHref(event.id, path)}>
          <RelativeTime at={event.at} withAbsolute />
        </a>
      </Td>
      <Td className="min-w-40 [overflow-wrap:anywhere]">
        {visible(event.actor)}
        {event.actorRole === 'none' ? null : <span className="block text-ink-2 text-xs">{event.actorRole}</span>}
        {event.source && event.source !== 'unknown' ? (
          <span className="block text-ink-2 text-xs">from {event.source}</span>
        ) : null}
      </Td>
      <Td className="min-w-40">
        {wordsOf(event.operation)}
        {event.tenantName ? <span className="block text-ink-2 text-xs">{visible(event.tenantName)}</span> : null}
        {event.target ? <span className="block break-all text-ink-2 text-xs">{visible(event.target)}</span> : null}
      </Td>
      <Td className="min-w-28">
        <Badge tone={outcome.tone}>{outcome.label}</Badge>
        {event.code ? <span className="mt-1 block text-ink-2 text-xs">{titleOf(event.code)}</span> : null}
      </Td>
      <Td className="min-w-56 max-w-96">
        <WhatChanged event={event} />
      </Td>
      <Td className="min-w-48 max-w-72 break-all font-mono text-xs">
        <RequestIds event={event} />
      </Td>
    </Tr>
  );
}

/** What it changed; for a minute's refusals, how often and what they were tried on. */
function WhatChanged({ event }: { event: HistoryEvent }) {
  const repeated = event.outcome === 'done' ? undefined : repeatedIn(event.after);
  if (!repeated || event.outcome === 'done')
    return <Changes after={event.after} before={event.before} operation={event.operation} />;
  return (
    <>
      {repeatedWords(repeated, event.outcome)}
      {repeated.targets.length > 0 ? (
        <details className="mt-1 text-xs">
          <summary className="text-ink-2">
            {plural(repeated.targets.length, 'What it was tried on', `The first ${repeated.targets.length} targets`)}
          </summary>
          <ul className="break-all font-mono">
            {repeated.targets.map((target) => (
              <li key={target}>{target}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function RequestIds({ event }: { event: HistoryEvent }) {
  return (
    <>
      {event.requestId}
      {event.providerRequestIds.length > 0 ? (
        <details className="mt-1">
          <summary className="font-sans">{countOf(event.providerRequestIds.length, anyWords.requestId)}</summary>
          <ul>
            {event.providerRequestIds.map((id) => (
              <li key={id}>{id}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function titleOf(code: string): string {
  return code in errorWords ? errorWords[code as ErrorCode].title : code;
}
