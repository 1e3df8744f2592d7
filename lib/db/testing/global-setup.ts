/**
 * Vitest's global set-up. Nothing is started until a test asks, so that tests without a database cost nothing: the test
 * processes find the run's server by asking at an address of this process.
 */
import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { startTestServer, type TestServer } from './test-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testDatabaseBroker: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<TestServer> | undefined;
  const broker = createServer((_request, response) => {
    starting ??= startTestServer();
    starting
      .then((server) => server.address())
      .then((address) => response.end(JSON.stringify(address)))
      .catch((error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)));
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  const address = broker.address();
  if (!address || typeof address === 'string') throw new Error('The test database broker has no port.');
  provide('testDatabaseBroker', `http://127.0.0.1:${address.port}/`);
  return async () => {
    broker.close();
    broker.closeAllConnections();
    await (await starting)?.remove();
  };
}
