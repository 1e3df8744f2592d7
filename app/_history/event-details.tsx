'use client';

import type { ReactNode } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Fold } from '#components/ui/fold.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { type ErrorCode, errorWords } from '#lib/byok/errors.ts';
import { anyWords } from '#lib/byok/providers.ts';
import { repeatedIn } from '#lib/byok/repeated-refusals.ts';
import { visible } from '#lib/byok/visible-text.ts';
import { ChangeTable } from './changes.tsx';
import { instantIn, useZone } from './reader-time.ts';
import { SentenceText } from './sentence-text.tsx';
import type { ToldEvent } from './told-event.ts';

type EventDetailsProps = {
  told: ToldEvent;
  /** The address of this one event, without the origin. */
  href: string;
  onClose: () => void;
};

/** Everything that is recorded of one event, beside the list; in the browser alone. */
export function EventDetails({ told, href, onClose }: EventDetailsProps) {
  const zone = useZone();
  const { event, sentence } = told;
  return (
    <Sheet
      footer={
        <>
          <CopyButton text={`${window.location.origin}${href}`}>Copy link</CopyButton>
          <CopyButton text={JSON.stringify(event, null, 2)}>Copy as JSON</CopyButton>
        </>
      }
      onOpenChange={(open) => (open ? undefined : onClose())}
      open
      subtitle={instantIn(event.at, zone)}
      title={<SentenceText sentence={sentence} zone={zone} />}
    >
      <ChangeTable after={event.after} before={event.before} operation={event.operation} />
      <Part title="Who">
        <Fact term="By">{visible(event.actor)}</Fact>
        {event.actorRole === 'none' ? null : <Fact term="Role">{event.actorRole}</Fact>}
        {event.source && event.source !== 'unknown' ? <Fact term="Address">{event.source}</Fact> : null}
        {event.tenantName ? <Fact term="Tenant">{visible(event.tenantName)}</Fact> : null}
        {event.code ? <Fact term="Reason">{titleOf(event.code)}</Fact> : null}
      </Part>
      <Ids told={told} />
    </Sheet>
  );
}

function Ids({ told: { event, target } }: { told: ToldEvent }) {
  const [first, ...more] = event.providerRequestIds;
  const tried = event.outcome === 'done' ? [] : (repeatedIn(event.after)?.targets ?? []);
  return (
    <Part title="IDs">
      <Fact term="Event">
        <Id>{event.id}</Id>
      </Fact>
      {event.target && event.target !== event.actor ? (
        <Fact term="Target">
          {target === null ? null : <span className="block">{visible(target)}</span>}
          <Id>{visible(event.target)}</Id>
        </Fact>
      ) : null}
      {tried.length > 0 ? (
        <Fact term="Tried on">
          <IdList ids={tried} />
        </Fact>
      ) : null}
      <Fact term="Request">
        <Id>{event.requestId}</Id>
      </Fact>
      {first ? (
        <Fact term={anyWords.requestId}>
          <Id>{first}</Id>
          {more.length > 0 ? (
            <Fold summary={`and ${more.length} more`}>
              <IdList ids={more} />
            </Fold>
          ) : null}
        </Fact>
      ) : null}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h3 className="mb-2 font-[550] text-[0.8125rem] text-ink-2">{title}</h3>
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-2 text-[0.8125rem]">{children}</dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{term}</dt>
      <dd className="wrap-anywhere min-w-0">{children}</dd>
    </>
  );
}

function Id({ children }: { children: string }) {
  return <code className="wrap-anywhere font-mono text-xs">{children}</code>;
}

function IdList({ ids }: { ids: readonly string[] }) {
  return (
    <ul>
      {ids.map((id) => (
        <li key={id}>
          <Id>{id}</Id>
        </li>
      ))}
    </ul>
  );
}

function titleOf(code: string): string {
  return Object.hasOwn(errorWords, code) ? errorWords[code as ErrorCode].title : code;
}
