import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tableRights } from '#lib/db/table-rights.ts';
import { projectRoot } from '../project-root.ts';

/** The table of each model, by the name that the client calls the model by. */
const tableOfModel = new Map(
  [...readFileSync(join(projectRoot, 'prisma/schema.prisma'), 'utf8').matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(
    ([, model = '', body = '']) => [
      `${model[0]?.toLowerCase()}${model.slice(1)}`,
      /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model,
    ],
  ),
);

/** What a library does with a table of ours that is handed to it by name. */
const byLibraries: Record<string, readonly string[]> = {
  // rate-limiter-flexible: upserts, updates, deletes and clears what has expired.
  rate_limit: ['INSERT', 'UPDATE', 'DELETE'],
};

const rightOfMethod: readonly [RegExp, readonly string[]][] = [
  [/^create/, ['INSERT']],
  [/^upsert/, ['INSERT', 'UPDATE']],
  [/^update/, ['UPDATE']],
  [/^delete/, ['DELETE']],
];

/** Every privilege that the code of the product and the demo's seed makes use of. */
function usedRights(): Map<string, Set<string>> {
  const used = new Map([...tableOfModel.values()].map((table) => [table, new Set(['SELECT'])]));
  const use = (table: string, rights: readonly string[]) => {
    for (const right of rights) used.get(table)?.add(right);
  };
  for (const [table, rights] of Object.entries(byLibraries)) use(table, rights);
  for (const file of sources('lib').concat(sources('app'), sources('prisma'))) {
    const text = readFileSync(file, 'utf8');
    for (const [, model = '', method = ''] of text.matchAll(/\.(\w+)\s*\.((?:create|upsert|update|delete)\w*)\(/g)) {
      const rights = rightOfMethod.find(([pattern]) => pattern.test(method))?.[1] ?? [];
      use(tableOfModel.get(model) ?? '', rights);
    }
    for (const [, table = ''] of text.matchAll(/INSERT INTO "?(\w+)"?/g)) use(table, ['INSERT']);
    for (const [, table = ''] of text.matchAll(/(?:^|[^R] |\W)UPDATE "?(\w+)"?/g)) use(table, ['UPDATE']);
    for (const [, table = ''] of text.matchAll(/DELETE FROM "?(\w+)"?/g)) use(table, ['DELETE']);
    // An INSERT that turns into an UPDATE, and a row that is locked.
    for (const [, table = ''] of text.matchAll(/INSERT INTO "?(\w+)"?[^`]*?ON CONFLICT[^`]*?DO UPDATE/g))
      use(table, ['UPDATE']);
    for (const [, table = ''] of text.matchAll(/FROM "?(\w+)"?[^`]*?FOR (?:NO KEY UPDATE|UPDATE|SHARE|KEY SHARE)/g))
      use(table, ['UPDATE']);
    for (const [, model = ''] of text.matchAll(/\b(\w+): \{ create: /g)) use(nested[model] ?? '', ['INSERT']);
  }
  return used;
}

/** Rows that are made with their parent, by the name of the relation. */
const nested: Record<string, string> = { configurations: 'key_configuration' };

function sources(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|fixture)\.|(^|\/)(testing|generated|faults)\//.test(name))
    .map((name) => join(projectRoot, folder, name));
}

const used = usedRights();

it.each([...used])('%s: the application’s role has what the stores need, and nothing else', (table, rights) => {
  // A right of certain columns alone counts as the right.
  const granted = (tableRights[table] ?? []).map((right) => right.split(' ')[0]);
  expect(granted.sort(), `grants.ts: what it may do with ${table}`).toEqual([...rights].sort());
});

it('the history of migrations can be read, and no table is named that there is not', () => {
  expect(tableRights._prisma_migrations).toEqual(['SELECT']);
  const known = new Set([...used.keys(), '_prisma_migrations']);
  expect(Object.keys(tableRights).filter((table) => !known.has(table))).toEqual([]);
});
