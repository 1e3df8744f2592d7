/**
 * `npm run data-plane`: serves the vendor's services, lean and by itself, until it is asked to end. Several may run beside each
 * other. Listens on KEYWARD_DATA_PLANE_PORT, or two above PORT.
 */
import { getConfig } from '#lib/config/config.ts';
import { startDataPlane } from '#lib/data-plane/server.ts';
import { closeDatabase } from '#lib/db/client.ts';
import { checkBeforeStart } from '#lib/keyring/check-at-start.ts';
import { closeKeyring } from '#lib/keyring/keyring.ts';
import { readPort, refuseWhereNobodyCanListen } from './processes/ports.ts';
import { aborted, listenForStop } from './processes/signals.ts';
import { runCommand } from './refusal.ts';

/** What is under way when this is to end soon may take so long. */
const finishMs = 2_500;

await runCommand(async () => {
  const config = getConfig();
  const forMs = config.drainSeconds * 1_000;
  const stop = listenForStop({ servesOnMs: forMs });
  const host = config.dataPlaneHost;
  const port = config.dataPlanePort ?? readPort(process.env.PORT, 2) + 2;
  await refuseWhereNobodyCanListen({ host, port, names: 'KEYWARD_DATA_PLANE_HOST and KEYWARD_DATA_PLANE_PORT' });
  await checkBeforeStart();
  const dataPlane = await startDataPlane({
    host,
    port,
    requestsPerSecond: config.dataPlaneRequestsPerSecond,
    itemsPerSecond: config.dataPlaneItemsPerSecond,
    bytesInFlight: {
      processBytes: config.dataPlaneMibInFlight * 1024 * 1024,
      tenantBytes: config.dataPlaneTenantMibInFlight * 1024 * 1024,
    },
    remembersMs: config.dataPlaneRemembersMs,
    metricsToken: config.dataPlaneMetricsToken,
  });
  console.log(`The data plane listens: ${dataPlane.url}`);
  await aborted(stop.signal);
  await dataPlane.drain(finishMs, { forMs, until: stop.soon });
  await closeKeyring();
  await closeDatabase();
  return stop.exitCode();
});
// Connections that somebody else still holds open must not keep an ended process alive.
process.exit();
