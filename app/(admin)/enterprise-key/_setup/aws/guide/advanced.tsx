'use client';

import { late } from '#components/ui/late.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { HandOverLink } from '../../../_shared/hand-over-link.tsx';
import type { AwsMode } from '../aws-mode.ts';
import { awsWords } from '../aws-words.ts';
import type { Guide } from './guide-description.ts';

const sheets = ['options', 'check', 'limit'] as const;
export type AdvancedSheet = (typeof sheets)[number];

/** Each is loaded once it is opened. */
const PolicyChoices = late(() => import('./policy-choices.tsx').then((loaded) => loaded.PolicyChoices), Loading);
const OutgoingIps = late(() => import('./outgoing-ips.tsx').then((loaded) => loaded.OutgoingIps), Loading);

type AdvancedProps = {
  mode: AwsMode;
  guide: Guide<unknown> | null;
  open: AdvancedSheet | null;
  onOpen: (sheet: AdvancedSheet | null) => void;
};

/** What most people need not touch, each on a sheet of its own. */
export function Advanced({ mode, guide, open, onOpen }: AdvancedProps) {
  if (!guide) return null;
  const offered = sheets.filter(
    (sheet) => sheet === 'limit' || (sheet === 'options' ? mode.guide.hasOptions : mode.guide.checker !== undefined),
  );
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-[0.8125rem] text-ink-2">
      <span>{awsWords.advanced}</span>
      {offered.map((sheet) => (
        <button className="link" key={sheet} onClick={() => onOpen(sheet)} type="button">
          {awsWords[sheet].open}
        </button>
      ))}
      <HandOverLink keyId={guide.saved.key.id} />
      {open ? (
        <Sheet
          onOpenChange={(stays) => (stays ? undefined : onOpen(null))}
          open
          subtitle={awsWords[open].about}
          title={awsWords[open].title}
        >
          <Content mode={mode} guide={guide} sheet={open} />
        </Sheet>
      ) : null}
    </div>
  );
}

function Content({ sheet, mode, guide }: { sheet: AdvancedSheet; mode: AwsMode; guide: Guide<unknown> }) {
  switch (sheet) {
    case 'options':
      return <PolicyChoices choices={guide.form.choices} setup={guide.saved} />;
    case 'check':
      return mode.guide.checker?.(guide) ?? null;
    case 'limit':
      return <OutgoingIps outgoingIps={guide.saved.outgoingIps} />;
  }
}

function Loading() {
  return <p aria-busy="true">{awsWords.loading}</p>;
}
