import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VENDOR_ELSEWHERE } from '../../e2e/aws-simulator/world-defaults.ts';
import { type RolePasswords, randomRolePasswords } from '../postgres/roles.ts';
import { Refusal } from '../refusal.ts';

/** What this folder's installation keeps secret; made at random once, and good for its own database only. */
export interface DemoSecrets {
  /** Base64 of 32 bytes. */
  rootKey: string;
  nextAuthSecret: string;
  databasePasswords: RolePasswords;
  /** What the service signs with towards the bundled AWS simulator. */
  simulator: AwsCredentials;
  /** The same in the vendor's other accounts, by account. */
  simulatorElsewhere: Record<string, AwsCredentials>;
}

type AwsCredentials = { accessKeyId: string; secretAccessKey: string };

/** Reads `secrets.json` of the folder, or makes it with mode 0600. */
export function ensureSecrets(folder: string): DemoSecrets {
  const file = join(folder, 'secrets.json');
  if (existsSync(file)) return completed(file, read(file));
  const secrets: DemoSecrets = {
    rootKey: randomBytes(32).toString('base64'),
    nextAuthSecret: randomBytes(48).toString('base64url'),
    databasePasswords: randomRolePasswords(),
    simulator: newCredentials(),
    simulatorElsewhere: credentialsElsewhere(),
  };
  return write(file, secrets);
}

/** A folder of an earlier version knows the vendor's first account only. */
function completed(file: string, secrets: DemoSecrets): DemoSecrets {
  if (secrets.simulatorElsewhere) return secrets;
  return write(file, { ...secrets, simulatorElsewhere: credentialsElsewhere() });
}

function credentialsElsewhere(): Record<string, AwsCredentials> {
  return Object.fromEntries(VENDOR_ELSEWHERE.map(({ accountId }) => [accountId, newCredentials()]));
}

function newCredentials(): AwsCredentials {
  return { accessKeyId: `AKIA${letters(16)}`, secretAccessKey: randomBytes(30).toString('base64') };
}

function write(file: string, secrets: DemoSecrets): DemoSecrets {
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

function read(file: string): DemoSecrets {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoSecrets;
  } catch {
    throw new Refusal(
      `${file} cannot be read. Without it the data of this folder cannot be opened. Nothing was changed.`,
    );
  }
}

/** Of the alphabet of AWS access key IDs. */
function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}
