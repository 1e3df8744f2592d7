/**
 * For tests: another process of the same installation, which does one command of its standard input after the other and
 * answers each with a line. Commands: {"do":"open"|"open-stopped"|"seal"|"held", tenantId, appId, envelope}. `open-stopped`
 * stops the whole process once, when it has got the data key and not used it yet.
 */
import { createInterface } from 'node:readline';
import { Refusal } from '../../byok/errors.ts';
import type { DataKeySource } from '../../envelope/data-key-source.ts';
import { parseEnvelope } from '../../envelope/format.ts';
import { openItems } from '../../envelope/open.ts';
import { sealItems } from '../../envelope/seal.ts';
import { cachedSource } from '../keyring.ts';
import { heldCopies } from './held-copies.ts';

for await (const line of createInterface({ input: process.stdin })) {
  const { do: command, envelope, ...scope } = JSON.parse(line);
  console.log(await answer(command, scope, envelope).catch(codeOf));
}
process.exit(0);

async function answer(command: string, scope: { tenantId: string; appId: string }, envelope: string): Promise<string> {
  if (command === 'held') return String(heldCopies());
  if (command === 'seal') {
    const [sealed] = await sealItems(cachedSource(), scope, [{ plaintext: Buffer.from('hello'), context: {} }]);
    return sealed ? parseEnvelope(sealed).dataKeyId : 'nothing';
  }
  const source = command === 'open-stopped' ? stoppedOnce(cachedSource()) : cachedSource();
  const [opened] = await openItems(source, scope, [{ envelope: Buffer.from(envelope, 'base64'), context: {} }]);
  return opened?.ok ? opened.plaintext.toString() : codeOf(opened?.error);
}

function stoppedOnce(source: DataKeySource): DataKeySource {
  let stopped = false;
  return {
    current: (...asked) => source.current(...asked),
    async byId(...asked) {
      const key = await source.byId(...asked);
      if (!stopped) process.kill(process.pid, 'SIGSTOP');
      stopped = true;
      return key;
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Refusal ? error.code : String(error);
}
