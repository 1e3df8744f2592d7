import { Button, LinkButton } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { Command, Decision } from '#lib/byok/lifecycle.ts';
import type { Notice } from '../../../_shared/key/notice.ts';

type NoticeListProps = { notices: Notice[]; commands: Record<Command, Decision>; role: Role };

/** The next steps, the most urgent first. What cannot be done stays visible with its reason. */
export function NoticeList({ notices, commands, role }: NoticeListProps) {
  return (
    <div>
      {notices.map((notice) => (
        <Callout key={notice.id} title={<Title notice={notice} />} tone={notice.tone}>
          <p className="max-w-[75ch]">{notice.sentences.join(' ')}</p>
          {notice.link ? <NextStep link={notice.link} reason={whyNot(notice.link.command, commands, role)} /> : null}
        </Callout>
      ))}
    </div>
  );
}

function Title({ notice }: { notice: Notice }) {
  if (!notice.when) return notice.title;
  return (
    <>
      {notice.title} (<RelativeTime at={notice.when} />)
    </>
  );
}

function NextStep({ link, reason }: { link: NonNullable<Notice['link']>; reason: string | null }) {
  if (reason) {
    return (
      <Button disabledReason={reason} size="small">
        {link.label}
      </Button>
    );
  }
  return (
    <LinkButton href={link.href} size="small">
      {link.label}
    </LinkButton>
  );
}

function whyNot(command: Command | undefined, commands: Record<Command, Decision>, role: Role): string | null {
  if (command === undefined) return null;
  if (role !== 'admin') return 'Only an administrator of your organisation can do this.';
  const decision = commands[command];
  return decision.allowed ? null : decision.reason;
}
