import { createServer } from 'node:net';
import { Refusal } from '../refusal.ts';

/** Throws a `Refusal` that names the ports of 127.0.0.1 which somebody else listens on. */
export async function refuseTakenPorts(ports: readonly number[]): Promise<void> {
  const taken = [];
  for (const port of ports) if (!(await isFree(port))) taken.push(port);
  if (taken.length === 0) return;
  const [which, verb] = taken.length === 1 ? ['Port', 'is'] : ['Ports', 'are'];
  throw new Refusal(
    `${which} ${taken.join(' and ')} of 127.0.0.1 ${verb} taken by another program. End it, or choose another base with PORT. Nothing was changed.`,
  );
}

/** Reads PORT; throws a `Refusal` when it is none that leaves room for the others above it. */
export function readPort(text: string | undefined, above = 2): number {
  const port = text?.trim() ? Number(text) : 3000;
  if (Number.isInteger(port) && port >= 1 && port + above <= 65_535) return port;
  throw new Refusal(`PORT must be a whole number from 1 to ${65_535 - above}.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
