import { startSimulator } from './server.ts';
import type { VendorCredentials } from './world/seed-vendor.ts';
import { VENDOR_ACCESS_KEY_ID, VENDOR_ACCOUNT_ID, VENDOR_SECRET_ACCESS_KEY } from './world-defaults.ts';

/**
 * `node e2e/aws-simulator/main.ts`: runs until SIGINT or SIGTERM, or until its starter is gone. Environment: PORT (any free one unless set), HOST
 * (127.0.0.1), SIM_STATE_FILE, SIM_VENDOR_ACCESS_KEY_ID and SIM_VENDOR_SECRET_ACCESS_KEY, and SIM_VENDOR_ELSEWHERE: JSON of
 * `{accessKeyId, secretAccessKey}` by the vendor's other accounts.
 */
const {
  PORT = '0',
  HOST = '127.0.0.1',
  SIM_STATE_FILE,
  SIM_VENDOR_ACCESS_KEY_ID,
  SIM_VENDOR_SECRET_ACCESS_KEY,
  SIM_VENDOR_ELSEWHERE = '{}',
} = process.env;

if (!/^\d{1,5}$/.test(PORT)) fail('PORT is not a port number.');
if (!['127.0.0.1', 'localhost', '::1'].includes(HOST))
  fail('HOST must be a loopback address: the simulator is for this machine only.');

const simulator = await startSimulator({
  port: Number(PORT),
  host: HOST,
  ...(SIM_STATE_FILE ? { stateFile: SIM_STATE_FILE } : {}),
  vendorCredentials: {
    ...(JSON.parse(SIM_VENDOR_ELSEWHERE) as VendorCredentials),
    [VENDOR_ACCOUNT_ID]: {
      accessKeyId: SIM_VENDOR_ACCESS_KEY_ID ?? VENDOR_ACCESS_KEY_ID,
      secretAccessKey: SIM_VENDOR_SECRET_ACCESS_KEY ?? VENDOR_SECRET_ACCESS_KEY,
    },
  },
}).catch((error: Error) => fail(error.message));

console.log(`AWS simulator: ${simulator.url}`);
// Whoever has started it over a channel and is gone needs it no more.
for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)));
}

function fail(message: string): never {
  console.error(`AWS simulator: ${message}`);
  process.exit(1);
}
