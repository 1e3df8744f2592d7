import { createServer } from 'node:net';
import { Refusal } from '../refusal.ts';

/** Throws a `Refusal` that names the ports of 127.0.0.1 which somebody else listens on. */
export async function refuseTakenPorts(ports: readonly number[]): Promise<void> {
  const taken = [];
  for (const port of ports) if (await problemWith(port, '127.0.0.1')) taken.push(port);
  if (taken.length === 0) return;
  const [which, verb] = taken.length === 1 ? ['Port', 'is'] : ['Ports', 'are'];
  throw new Refusal(
    `${which} ${taken.join(' and ')} of 127.0.0.1 ${verb} taken by another program. End it, or choose another base with PORT. Nothing was changed.`,
  );
}

export interface ListensAt {
  host: string;
  port: number;
  /** What the two are set with: `KEYWARD_HOST and PORT`. */
  names: string;
}

/** Throws a `Refusal` of one sentence where nothing can listen there. */
export async function refuseWhereNobodyCanListen({ host, port, names }: ListensAt): Promise<void> {
  const code = await problemWith(port, host);
  if (!code) return;
  const problem = problems[code]?.(port, host) ?? `Port ${port} of ${host} cannot be listened on (${code})`;
  throw new Refusal(`${problem}: choose another with ${names}. Nothing was started.`);
}

/** By Node's code. */
const problems: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port, host) => `Port ${port} of ${host} is taken by another program`,
  EACCES: (port, host) => `Port ${port} of ${host} is reserved for the system`,
  EADDRNOTAVAIL: (_port, host) => `${host} is no address of this machine`,
  ENOTFOUND: (_port, host) => `${host} is no known address`,
};

/** Reads PORT; throws a `Refusal` when it is none that leaves room for the others above it. */
export function readPort(text: string | undefined, above = 2): number {
  const port = text?.trim() ? Number(text) : 3000;
  if (Number.isInteger(port) && port >= 1 && port + above <= 65_535) return port;
  throw new Refusal(`PORT must be a whole number from 1 to ${65_535 - above}.`);
}

/** Node's code for why nothing can listen there; undefined where something can. */
function problemWith(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}
