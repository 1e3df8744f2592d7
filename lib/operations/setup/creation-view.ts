import 'server-only';
import { parseKeyArn } from '../../byok/arn.ts';
import { createKeyUrl, keyPageUrl } from '../../byok/console-links.ts';
import { deletionCommand, searchCommand } from '../../byok/created-key.ts';
import type { CreationView } from '../../byok/creation-views.ts';
import { isKnownRegion, partitionOf } from '../../byok/regions.ts';
import { getConfig } from '../../config/config.ts';
import { type CreationWithAlias, findCreationFor } from '../../db/creation-store.ts';

/** @param consoleUrl where links into AWS lead */
export function toCreation(row: CreationWithAlias, consoleUrl: string | undefined): CreationView {
  const { id, keyId, region, keyArn, detail, requestedBy } = row;
  return {
    id,
    keyId,
    keyAlias: row.key?.alias ?? null,
    state: row.state === 'adopted' ? 'adopted' : row.state === 'left_over' ? 'left-over' : 'looking',
    region,
    keyArn,
    detail,
    requestedBy,
    at: row.createdAt.toISOString(),
    consoleUrl: pageOf(region, keyArn, consoleUrl),
    command: keyArn ? deletionCommand({ keyArn, region }) : searchCommand({ creationId: id, region }),
  };
}

/** The key that was created for a draft, or is being created; null where none was. */
export async function creationFor(keyId: string): Promise<CreationView | null> {
  const row = await findCreationFor(keyId);
  return row ? toCreation(row, getConfig().awsConsoleUrl) : null;
}

function pageOf(region: string, keyArn: string | null, baseUrl: string | undefined): string {
  const partition = isKnownRegion(region) ? partitionOf(region) : 'aws';
  const key = parseKeyArn(keyArn ?? '');
  return key.ok
    ? keyPageUrl({ partition, baseUrl, region, keyId: key.value.keyId })
    : createKeyUrl({ partition, baseUrl, region });
}
