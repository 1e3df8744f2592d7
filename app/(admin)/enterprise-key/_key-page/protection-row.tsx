'use client';

import { Badge } from '#components/ui/badge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Td, Th, Tr } from '#components/ui/table.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import { countOf, formatCount } from '#lib/byok/format.ts';
import type { AppProtection, KeyPageView } from '#lib/byok/key-views.ts';
import { isReencrypting, protectionBadge, wrappedElsewhere } from '../../../_shared/key/protection.ts';
import { RekeyApp } from './rekey-app.tsx';
import { RekeyProgress } from './rekey-progress.tsx';

type ProtectionRowProps = {
  app: AppProtection;
  view: KeyPageView;
  mayRekey: boolean;
  role: Role;
  onChanged: () => void;
};

export function ProtectionRow({ app, view, mayRekey, role, onChanged }: ProtectionRowProps) {
  const { tone, label } = protectionBadge(app, view.id, isReencrypting(app, view.transition));
  const anywhere = mayRekey || view.apps.some(({ rekey }) => rekey);
  return (
    <Tr>
      <Th className="wrap-anywhere min-w-28 font-normal sm:min-w-44" scope="row">
        {app.name}
        <span className="hidden font-mono text-[0.75rem] text-ink-3 sm:block">{app.id}</span>
      </Th>
      <Td className="text-ink-2">{app.kind}</Td>
      <Td className="min-w-36">
        <Badge tone={tone}>{label}</Badge>
        {wrappedElsewhere(app).map((wrapping) => (
          <span className="mt-1 block text-ink-2 text-xs" key={wrapping.label}>
            {countOf(wrapping.dataKeys, 'older data key')} under {wrapping.label}
          </span>
        ))}
      </Td>
      <Td numeric>{formatCount(app.dataKeys)}</Td>
      <Td numeric>
        {formatCount(app.records)}
        {app.recordsPending > 0 ? (
          <span className="block text-ink-2 text-xs">{formatCount(app.recordsPending)} under an older data key</span>
        ) : null}
      </Td>
      <Td className="min-w-24 pl-3 text-ink-2">
        {app.dataKeySince ? <RelativeTime at={app.dataKeySince} /> : 'None yet'}
      </Td>
      {anywhere ? (
        <Td>
          {app.rekey ? (
            <RekeyProgress app={app} onChanged={onChanged} rekey={app.rekey} role={role} />
          ) : mayRekey && !belongsToAnother(app, view.id) ? (
            <RekeyApp app={app} keyId={view.id} onChanged={onChanged} />
          ) : (
            '–'
          )}
        </Td>
      ) : null}
    </Tr>
  );
}

/** Its rekey belongs on the page of its own key. */
function belongsToAnother({ protectedBy }: AppProtection, keyId: string): boolean {
  return protectedBy.kind === 'version' && protectedBy.keyId !== keyId;
}
