import { expect, it } from 'vitest';
import { isSimulated } from './simulated.ts';

const simulator = 'http://127.0.0.1:3001';
const kmsAt = (url: string) => [{ service: 'KMS' as const, url, variable: 'AWS_ENDPOINT_URL_KMS' as const }];

it.each([
  ['the demo’s own simulator', 'demo', `${simulator}/`, true],
  ['a demo pointed at another emulator', 'demo', 'http://127.0.0.1:4566', false],
  ['an installation with a VPC endpoint', 'production', 'https://vpce-1.kms.eu-central-1.vpce.amazonaws.com', false],
  ['an installation at the simulator’s address', 'production', simulator, false],
] as const)('only the demo’s own simulator is called simulated: %s', (_, mode, url, simulated) => {
  expect(isSimulated(kmsAt(url), { mode, consoleUrls: { aws: simulator } })).toBe(simulated);
});
