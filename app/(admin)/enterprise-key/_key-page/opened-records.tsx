'use client';

import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { countOf, formatInstant } from '#lib/byok/format.ts';
import type { OpenedRecord } from '#lib/byok/record-views.ts';
import { visible } from '#lib/byok/visible-text.ts';

/** Records that an administrator has just opened, of one app. */
export type RecordsOf = { appId: string; appName: string; openedAt: string; records: OpenedRecord[] };

/** The plaintext, until it is closed. Takes the focus, since it appears below the table that asked for it. */
export function OpenedRecords({ opened, onClose }: { opened: RecordsOf; onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="opened-records" className="mt-4 rounded-panel border border-line p-4">
      <div className="mb-3 flex flex-wrap items-center gap-2.5">
        <h3 className="min-w-0 flex-1 font-semibold" id="opened-records" ref={heading} tabIndex={-1}>
          Recent records of {opened.appName}
        </h3>
        <Button onClick={onClose} size="small">
          Close
        </Button>
      </div>
      {opened.records.length === 0 ? (
        <p className="text-ink-2">This app holds no records yet.</p>
      ) : (
        <>
          <p className="mb-2 text-ink-2">
            {countOf(opened.records.length, 'record')}, opened {formatInstant(opened.openedAt)}. Recorded in the
            history.
          </p>
          <ul className="divide-y divide-line">
            {opened.records.map((record) => (
              <li className="py-2" key={record.id}>
                <p className="text-ink-3 text-xs">
                  {formatInstant(record.createdAt)} · <span className="break-all font-mono">{record.id}</span>
                </p>
                <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{visible(record.plaintext)}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
