import { parseKeyArn } from './arn.ts';
import type { AwsDraft } from './connection.ts';
import { keyPageUrl, keysUrl } from './console-links.ts';
import { deletionCommand, searchCommand } from './created-key.ts';
import { isKnownRegion, partitionOf } from './regions.ts';

export function awaitsKey({ createsKey, keyArn }: AwsDraft): boolean {
  return createsKey && keyArn === '';
}

export function withCreatedKey(draft: AwsDraft, keyArn: string): AwsDraft {
  return { ...draft, keyArn, createsKey: false };
}

/** The page of a key that is there. */
export function keyPage(key: { keyRef: string; consoleUrl: string }): string | undefined {
  const parsed = parseKeyArn(key.keyRef);
  return parsed.ok ? keyPageUrl({ ...parsed.value, baseUrl: key.consoleUrl }) : undefined;
}

/** What to type is for the AWS CLI. */
export function createdKey(key: { location: string; keyRef: string | null; creationId: string; consoleUrl: string }) {
  const { location: region, keyRef: keyArn, creationId, consoleUrl: baseUrl } = key;
  const partition = isKnownRegion(region) ? partitionOf(region) : 'aws';
  const parsed = parseKeyArn(keyArn ?? '');
  return {
    consoleUrl: parsed.ok
      ? keyPageUrl({ partition, baseUrl, region, keyId: parsed.value.keyId })
      : keysUrl({ partition, baseUrl, region }),
    command: keyArn ? deletionCommand({ keyArn, region }) : searchCommand({ creationId, region }),
  };
}
