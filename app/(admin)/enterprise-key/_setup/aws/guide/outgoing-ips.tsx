'use client';

import { CodeBlock } from '#components/ui/code-block.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { sourceIpStatement } from '#lib/byok/aws/allow-list.ts';
import { policyText } from '#lib/byok/aws/policies.ts';

/** From where Keyward calls AWS, with the statement that lets no other address in, and what it breaks. */
export function OutgoingIps({ outgoingIps }: { outgoingIps: readonly string[] }) {
  return outgoingIps.length === 0 ? (
    <p>
      Your vendor has not named the addresses from which it calls AWS. Don’t restrict by address without them: ask your
      vendor’s support first.
    </p>
  ) : (
    <Addresses outgoingIps={outgoingIps} />
  );
}

function Addresses({ outgoingIps }: { outgoingIps: readonly string[] }) {
  return (
    <div className="grid gap-3">
      <CopyField
        hint="Keyward calls AWS KMS and AWS STS only from these addresses."
        label="Keyward’s outgoing IP addresses"
        value={outgoingIps.join(', ')}
      />
      <details>
        <summary className="font-medium">A statement that denies every other address</summary>
        <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-2">
          <p>
            Add it to the permission policy of the role, or of the user with an access key. Don’t add it to the key
            policy. There it would also deny AWS services that use the key on your behalf.
          </p>
          <CodeBlock
            code={policyText(sourceIpStatement(outgoingIps))}
            copyLabel="statement for outgoing IP addresses"
            language="json"
          />
          <p>
            Beware of VPC endpoints: a call through one carries no <code>aws:SourceIp</code>, and this statement denies
            it. Add it only if no one else uses the role. Remove it before your vendor’s addresses change: otherwise,
            everything under the key reads as revoked.
          </p>
        </div>
      </details>
    </div>
  );
}
