/**
 * `npm run demo`: everything on this machine, from nothing. Ctrl-C ends it all, in order; what a killed run has left
 * behind the next one ends first.
 */
import { join } from 'node:path';
import { defaultDemoPassword } from '#lib/config/schema.ts';
import { VENDOR_ROLE_ARN } from '../e2e/aws-simulator/world-defaults.ts';
import { claimFolder, dataFolderPath, refuseForeignFolder } from './demo/data-folder.ts';
import { type DemoDatabase, openDemoDatabase } from './demo/database.ts';
import { type AwsChoice, childEnvironment, chooseAws } from './demo/environment.ts';
import { readyMessage, removeReady, writeReady } from './demo/ready.ts';
import { beginRecord, cleanUpLastRun, type RunRecord } from './demo/run-record.ts';
import { type DemoSecrets, ensureSecrets } from './demo/secrets.ts';
import { runSeed } from './demo/seed.ts';
import { makeServices, type Services, waitForAnswer } from './demo/services.ts';
import { configureElsewhere } from './demo/vendor-elsewhere.ts';
import { readPort, refuseTakenPorts } from './processes/ports.ts';
import { aborted, listenForStop } from './processes/signals.ts';
import { projectRoot } from './project-root.ts';
import { runCommand } from './refusal.ts';
import { build, ensure } from './steps.ts';

const say = (line: string) => console.log(line);

interface Begun {
  folder: string;
  port: number;
  aws: AwsChoice;
  record: RunRecord;
  secrets: DemoSecrets;
  services: Services;
}

await runCommand(async () => {
  // Each step of its end is bounded: PostgreSQL comes last, and is not to be left behind.
  const stop = listenForStop({ endsWithinMs: 10_000 });
  const begun = await begin();
  let database: DemoDatabase | undefined;
  try {
    database = await openDemoDatabase({
      folder: begun.folder,
      passwords: begun.secrets.databasePasswords,
      env: process.env,
    });
    await serve(begun, database, stop.signal);
    await Promise.race([aborted(stop.signal), begun.services.failed]);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    if (stop.signal.aborted) say('\nEnding …');
    await begun.services.stop(['web', 'data-plane', 'worker', 'simulator']);
    await database?.stop();
    removeReady(begun.folder);
    begun.record.remove();
  }
  return stop.exitCode();
});

/** Everything that can be refused before anything is touched; then the folder is ours and the last run's remains ended. */
async function begin(): Promise<Begun> {
  const port = readPort(process.env.PORT);
  const aws = chooseAws(process.env);
  const folder = dataFolderPath(process.env.KEYWARD_DATA_DIR);
  refuseForeignFolder(folder);
  const left = await cleanUpLastRun(folder);
  if (left.length > 0) say(`Ended what the last run left behind: ${left.join(', ')}.`);
  await refuseTakenPorts(aws.kind === 'simulator' ? [port, port + 1, port + 2] : [port, port + 2]);
  claimFolder(folder);
  const record = beginRecord(folder);
  const services = makeServices({ folder, cwd: projectRoot, record, log: say });
  return { folder, port, aws, record, secrets: ensureSecrets(folder), services };
}

async function serve(
  { folder, port, aws, secrets, services }: Begun,
  database: DemoDatabase,
  signal: AbortSignal,
): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  const simulatorUrl = aws.kind === 'simulator' ? `http://127.0.0.1:${port + 1}` : undefined;
  if (simulatorUrl) startSimulator(services, folder, port + 1, secrets);
  await step('Building (a minute or two the first time)', () => ensure(build, { signal }));
  if (simulatorUrl) await waitForAnswer(simulatorUrl, { timeoutMs: 20_000, accept: (status) => status < 500, signal });
  const elsewhere = simulatorUrl ? { elsewhere: configureElsewhere(folder, secrets) } : {};
  const simulator = { url: simulatorUrl ?? '', vendorRoleArn: VENDOR_ROLE_ARN, ...elsewhere };
  const env = childEnvironment({ env: process.env, port, database, secrets, aws, simulator });
  const ours = (script: string) => ['--conditions=react-server', join(projectRoot, 'scripts', script)];
  services.start({ name: 'web', args: ours('demo/web.ts'), env });
  // The worker comes after the seed, which does by itself what a worker would.
  const seeded = await step('Seeding', () => runSeed(env, simulatorUrl, signal));
  signal.throwIfAborted();
  for (const name of ['worker', 'data-plane']) services.start({ name, args: ours(`${name}.ts`), env });
  const dataPlaneUrl = `http://127.0.0.1:${port + 2}`;
  const isWell = { timeoutMs: 60_000, signal };
  const healthy = Promise.all([
    // With a worker, too, which the health of a web process does without.
    waitForAnswer(`${url}/api/health`, { ...isWell, accept: (status, text) => status === 200 && hasJobs(text) }),
    waitForAnswer(`${dataPlaneUrl}/health`, { ...isWell, accept: (status) => status === 200 }),
  ]);
  await step('Starting', () => Promise.race([healthy, services.failed]));
  const ready = {
    url,
    dataPlaneUrl,
    simulatorUrl,
    password: env.KEYWARD_DEMO_PASSWORD ?? defaultDemoPassword,
    ...seeded,
  };
  writeReady(folder, ready);
  say(readyMessage(ready));
}

function hasJobs(health: string): boolean {
  return (JSON.parse(health) as { jobs?: string }).jobs === 'ok';
}

function startSimulator(
  services: Services,
  folder: string,
  port: number,
  { simulator, simulatorElsewhere }: DemoSecrets,
): void {
  services.start({
    name: 'simulator',
    args: ['--conditions=react-server', join(projectRoot, 'e2e', 'aws-simulator', 'main.ts')],
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      PORT: String(port),
      HOST: '127.0.0.1',
      SIM_STATE_FILE: join(folder, 'aws-simulator.json'),
      SIM_VENDOR_ACCESS_KEY_ID: simulator.accessKeyId,
      SIM_VENDOR_SECRET_ACCESS_KEY: simulator.secretAccessKey,
      SIM_VENDOR_ELSEWHERE: JSON.stringify(simulatorElsewhere),
    },
  });
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await work();
  if (result !== 'unchanged') say(`${name} … ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  return result;
}
