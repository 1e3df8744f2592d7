/**
 * Which folder may import which. Imports run one way:
 *   app, scripts -> front -> jobs -> operations -> key-lifecycle -> keyring -> db, audit, auth, alerts, envelope, kms -> config, byok
 * `scripts/import-rules.ts` runs this, and proves on a folder of deliberately broken imports that each rule can fail.
 */

/** Tests, and what only tests use: they may import from anywhere, and nobody may import them. */
const tests = '(\\.(test|fixture)\\.tsx?$|\\.contract\\.ts$|/testing/)';
/** Commands that production runs; the same are named in scripts/bootstrap.mjs. */
const productionCommands = ['start', 'worker', 'data-plane', 'migrate', 'operator', 'tenant', 'person', 'app'];
const providers = ['aws'];
/** Where a provider is named: one line each. */
const registries = [
  '^lib/byok/provider-(registry|declarations|wordings)\\.ts$',
  '^lib/kms/service-registry\\.ts$',
  '^lib/config/settings-registry\\.ts$',
  `^${escaped('app/(admin)/enterprise-key/_providers/registry/')}`,
];
/** Of AWS by what they are, each with its reason. */
const ofAws = [
  // For services that ask AWS KMS by themselves, and import it by this path.
  '^lib/envelope/kms-source-aws\\.ts$',
];
/** The folder of a feature of the screens, wherever it lies: `_setup` of app/(admin)/enterprise-key/_setup/aws/x.ts. */
const feature = '^app/.*\\b(_[^/]+)/';
const openToScreens = ['^lib/(operations|byok|config)/', '^lib/auth/current-caller\\.ts$'];
const schemaEngine = '^scripts/migrations/(engine|adapter|difference)\\.ts$';
const layers = [
  'front',
  ['jobs', 'data-plane'],
  'operations',
  'key-lifecycle',
  'keyring',
  ['db', 'audit', 'auth', 'alerts'],
  ['envelope', 'kms'],
  ['config', 'byok'],
];
const known = layers.flat();
const above = (depth) => layers.slice(0, depth).flat().join('|');

const oneWay = layers.slice(1).map((layer, i) => ({
  name: `one-way-${[layer].flat().join('-')}`,
  comment: 'Imports run one way: down.',
  severity: 'error',
  from: { path: `^lib/(${[layer].flat().join('|')})/`, pathNot: tests },
  to: { path: `^lib/(${above(i + 1)})/` },
}));

/** As a regular expression that matches the text: folders of the app have parentheses and brackets in their names. */
function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

export default {
  forbidden: [
    ...oneWay,
    {
      name: 'lib-below-app',
      comment: 'Nothing in lib/ knows who starts it or shows it.',
      severity: 'error',
      from: { path: '^lib/', pathNot: tests },
      to: { path: '^(app|components|scripts|prisma)/' },
    },
    {
      name: 'lib-folder-without-a-layer',
      comment: 'A new folder of lib/ needs its place among the layers above.',
      severity: 'error',
      from: { path: '^lib/', pathNot: `^lib/(${known.join('|')})/` },
      to: {},
    },
    {
      name: 'envelope-and-kms-stand-alone',
      comment: 'They import byok, config and the SDK, and not each other.',
      severity: 'error',
      from: { path: '^lib/(envelope|kms)/', pathNot: tests },
      to: {
        path: '^lib/|(^|/)node_modules/',
        pathNot: ['^lib/($1|byok|config)/', '(^|/)node_modules/(@aws-sdk|@smithy|server-only|zod)/'],
      },
    },
    {
      name: 'byok-is-pure',
      comment: 'It also runs in a browser: itself, zod and the calendar, nothing of Node.',
      severity: 'error',
      from: { path: '^lib/byok/', pathNot: tests },
      to: { pathNot: ['^lib/byok/', '(^|/)node_modules/(zod|temporal-polyfill)/'] },
    },
    {
      name: 'providers-in-their-own-folders',
      comment: 'Everybody else asks the registries, and knows no provider by name.',
      severity: 'error',
      from: {
        path: '^(app|components|lib|scripts|prisma)/',
        pathNot: [`/(${providers.join('|')})/`, ...registries, ...ofAws, tests],
      },
      to: { path: `^lib/(byok|kms|config)/(${providers.join('|')})/` },
    },
    {
      name: 'screens-of-a-provider-in-their-own-folders',
      comment:
        'The screens of all take what a provider has of its own from `_providers`, and its folders from nowhere.',
      severity: 'error',
      from: { path: '^app/', pathNot: [`/(${providers.join('|')})/`, ...registries, tests] },
      to: { path: `^app/.*/(${providers.join('|')})/` },
    },
    {
      name: 'features-do-not-know-each-other',
      comment:
        'What two features of the screens need lies in a folder `_shared` above both, which knows none of them. What each provider has of its own in them is put together in `_providers`.',
      severity: 'error',
      from: { path: feature, pathNot: [tests, '/_providers/'] },
      to: { path: feature, pathNot: ['/$1/', '/_(shared|shell|providers)/'] },
    },
    {
      name: 'providers-put-together-their-own',
      comment: 'What every feature may import imports no feature, but for the folders of providers in it.',
      severity: 'error',
      from: { path: '/_providers/', pathNot: tests },
      to: { path: feature, pathNot: [`/(_providers|${providers.join('|')})/`, '/_(shared|shell)/'] },
    },
    {
      name: 'shared-above-features',
      comment: 'What all screens share knows of none of them.',
      severity: 'error',
      from: { path: '^app/_(shared|shell)/', pathNot: tests },
      to: { path: '^app/', pathNot: '^app/_(shared|shell)/' },
    },
    {
      name: 'features-below-pages',
      comment: 'Pages are made of features, and not the other way round.',
      severity: 'error',
      from: { path: feature, pathNot: tests },
      to: { path: '^app/', pathNot: '/_[^/]+/' },
    },
    {
      name: 'screens-ask-operations',
      comment: 'What a screen reads and does goes through an operation, which asks whether the caller may.',
      severity: 'error',
      from: { path: '^app/', pathNot: ['^app/api/', tests] },
      to: { path: '^lib/', pathNot: openToScreens },
    },
    {
      name: 'routes-ask-operations',
      comment: 'As screens, and what answers a protocol: sign-in, and the data plane where it shares the port.',
      severity: 'error',
      from: { path: '^app/api/', pathNot: tests },
      to: {
        path: '^lib/',
        pathNot: [...openToScreens, '^lib/auth/next-auth-options\\.ts$', '^lib/data-plane/'],
      },
    },
    {
      name: 'components-know-nothing-of-ours',
      severity: 'error',
      from: { path: '^components/', pathNot: tests },
      to: { path: '^(app|lib|scripts|prisma|e2e)/' },
    },
    {
      name: 'prisma-in-db-only',
      severity: 'error',
      from: { path: '^(app|components|lib|scripts)/', pathNot: ['^lib/db/', '^scripts/migrations/', tests] },
      to: { path: ['(^|/)node_modules/(@prisma|prisma|\\.prisma)/', '^lib/db/generated/'] },
    },
    {
      name: 'job-library-in-db-and-jobs-only',
      severity: 'error',
      from: { path: '^(app|components|lib|scripts)/', pathNot: ['^lib/(db|jobs)/', '^scripts/migrations/', tests] },
      to: { path: '(^|/)node_modules/pg-boss/' },
    },
    {
      name: 'no-simulator-in-the-product',
      comment: 'e2e/ is for tests; what launches the demo alone may name what is in it.',
      severity: 'error',
      from: {
        path: '^(app|components|lib|scripts|prisma|[^/]+\\.tsx?$)',
        pathNot: ['^scripts/demo(\\.ts$|/)', '^playwright\\.config\\.ts$', tests],
      },
      to: { path: '^e2e/' },
    },
    {
      name: 'command-line-for-commands-only',
      comment: 'Nothing that answers requests may call as a command on the server.',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: tests },
      to: { path: '^lib/auth/command-line\\.ts$' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: [tests, '^e2e/', '^(playwright|vitest)\\.config\\.ts$'] },
      to: { path: tests, pathNot: '(^|/)node_modules/' },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'What production runs of scripts/ starts with development packages left out.',
      severity: 'error',
      from: {
        path: `^scripts/((${productionCommands.join('|')}|run|steps|refusal|project-root)\\.ts$|(migrations|processes)/)`,
        pathNot: [tests, schemaEngine],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'schema-engine-for-development',
      comment: 'Production migrates with a runner of its own.',
      severity: 'error',
      from: { pathNot: [tests, schemaEngine, '^scripts/new-migration\\.ts$'] },
      to: { path: schemaEngine },
    },
    {
      name: 'no-circular',
      comment: 'Types may refer to each other, code may not.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: { pathNot: '^lib/db/generated/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^lib/db/generated/'] },
    exclude: { path: '^scripts/import-rules/canary/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['react-server', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
    builtInModules: { add: ['node:test'] },
  },
};
