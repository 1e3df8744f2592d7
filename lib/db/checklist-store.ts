import 'server-only';
import { db, type Tx } from './client.ts';

/**
 * Puts parts into what was verified of a configuration's set-up, by name; the others stay, so that two who verify at once
 * lose nothing. Not a change of the key: its revision stays. @returns false where the configuration is gone
 */
export async function putIntoChecklist(
  configurationId: string,
  parts: Record<string, unknown>,
  tx: Tx = db(),
): Promise<boolean> {
  const updated = await tx.$executeRaw`
    UPDATE key_configuration SET checklist = checklist || ${JSON.stringify(parts)}::jsonb
     WHERE id = ${configurationId}::uuid`;
  return updated === 1;
}
