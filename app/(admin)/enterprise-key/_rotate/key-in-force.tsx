import type { ReactNode } from 'react';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { formatInstant } from '#lib/byok/format.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';

/** What protects the data now, beside what it is to be. */
export function KeyInForce({ view }: { view: KeyPageView }) {
  const { standing } = view;
  const version = view.versions.find((one) => one.current);
  if (!standing) return null;
  const withAccessKey = standing.authMode === 'access-key';
  return (
    <Panel aria-labelledby="in-force">
      <PanelHeader
        description={version ? `Version ${version.number}, made by ${version.madeBy}` : undefined}
        id="in-force"
        level={3}
        title="In force now"
      />
      <dl className="grid gap-2.5">
        {withAccessKey ? <AccessKeyInForce standing={standing} /> : null}
        <Fact label={withAccessKey ? 'Key ID' : 'Provider ARN'} mono>
          {standing.keyArn}
        </Fact>
        {standing.pinnedKeyRef && standing.pinnedKeyRef !== standing.keyArn ? (
          <Fact label="The key that the test found behind it" mono>
            {standing.pinnedKeyRef}
          </Fact>
        ) : null}
        {withAccessKey ? null : (
          <Fact label="Role ARN" mono>
            {standing.roleArn}
          </Fact>
        )}
        <Fact label="AWS Region">{standing.region}</Fact>
        {version ? (
          <Fact label="In force since">
            <RelativeTime at={version.madeAt} />
          </Fact>
        ) : null}
      </dl>
    </Panel>
  );
}

function AccessKeyInForce({ standing }: { standing: NonNullable<KeyPageView['standing']> }) {
  const { accessKeyId, secret } = standing;
  return (
    <>
      <Fact label="Access Key ID" mono>
        {accessKeyId}
      </Fact>
      <Fact label="Secret Access Key">
        {secret ? `Stored since ${formatInstant(secret.storedAt)}, by ${secret.storedBy}` : 'Not stored'}
      </Fact>
    </>
  );
}

function Fact({ label, mono = false, children }: { label: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-2">{label}</dt>
      <dd className={mono ? 'break-all font-mono text-[0.8125rem]' : 'break-words'}>{children}</dd>
    </div>
  );
}
