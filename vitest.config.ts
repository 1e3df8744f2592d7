import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

// `server-only` throws outside React Server Components; its own empty.js is what a server build resolves it to.
const serverOnly = fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url));

const unit = ['lib/{byok,config,alerts,envelope}/**', 'app/**', 'components/**', 'scripts/checks/**'];
/** Of these folders, and yet not for every few minutes: they run programs, or a whole simulated AWS. */
const programs = [
  'lib/byok/aws/setup-artefacts/**',
  'lib/byok/aws/policy-checker/check-policy.test.ts',
  'lib/envelope/*.data-plane.test.ts',
];
const faults = ['lib/jobs/faults/**'];
/** What strangers and tokens may try against an installation, and what it does then: at its doors, its sign-in, its history. */
const attacks = [
  '**/*.attacks.test.ts',
  'lib/auth/{sign-in,hash-queue,source}.test.ts',
  'lib/db/refusal-counts.test.ts',
  'lib/operations/tenant-limits.test.ts',
];
/** With the registries of a build of its own. */
const secondProvider = ['e2e/second-provider/**'];
const secondRegistries = fileURLToPath(new URL('./e2e/second-provider/registry/', import.meta.url));

/**
 * `unit` has no database: what asks for one there fails. `attacks` is what is tried against us. `integration` is whatever no other one names: with the run's PostgreSQL,
 * and an AWS that each test starts. Loading Prisma and the SDK anew for each file costs more than most files do, so in both a
 * worker keeps its modules from file to file (`isolate`): a file that sets a clock, a configuration or a key of this process gives
 * it back at its end. `faults` kills processes while keys rotate, and is no part of `npm test`: `npm run test:faults`.
 */
type Project = {
  name: string;
  include: string[];
  exclude?: string[];
  alias?: { find: RegExp; replacement: string }[];
  globalSetup?: string[];
  testTimeout?: number;
  isolate?: boolean;
};

const projects: Project[] = [
  { name: 'unit', include: tests(unit), exclude: tests(programs), globalSetup: [], isolate: false },
  // Terraform and the AWS CLI take seconds to start, thirty times over in one test: only what hangs is to end.
  { name: 'programs', include: tests(programs), testTimeout: 120_000 },
  {
    name: 'integration',
    include: tests(['**']),
    exclude: tests([...unit, ...attacks, ...faults, ...secondProvider]),
    isolate: false,
  },
  { name: 'attacks', include: attacks, isolate: false },
  { name: 'faults', include: tests(faults) },
  {
    name: 'second-provider',
    include: tests(secondProvider),
    globalSetup: [],
    alias: [{ find: /^#providers\//, replacement: secondRegistries }],
  },
];

export default defineConfig({
  test: {
    // One more than the cores of a small machine: a file often waits for processes, databases and clocks.
    maxWorkers: 3,
    projects: projects.map(({ exclude = [], alias = [], ...project }) => ({
      resolve: { alias: [{ find: 'server-only', replacement: serverOnly }, ...alias] },
      test: {
        globalSetup: ['lib/db/testing/global-setup.ts'],
        testTimeout: 30_000,
        ...project,
        exclude: [...configDefaults.exclude, '.keyward/**', ...exclude],
        // What is logged on purpose in a test is noise in its report; a test of the log makes a log of its own.
        env: { KEYWARD_LOG_LEVEL: 'silent' },
        hookTimeout: 60_000,
        pool: 'forks' as const,
      },
    })),
  },
});

function tests(folders: readonly string[]): string[] {
  return folders.map((folder) => folder.replace(/\*\*$/, '**/*.test.{ts,tsx}'));
}
