import { readdirSync } from 'node:fs';
import type { z } from 'zod';
import type { Caller } from '../../auth/identify.ts';
import type { Permission } from '../../auth/permissions.ts';

export type AnyOperation = {
  (caller: Caller, input: object): Promise<unknown>;
  operationName: string;
  permission: Permission;
  input: z.ZodType;
};

const root = new URL('..', import.meta.url);

/**
 * Every operation of the folders of nouns, by its file's name. Files that export none are parts of those that do; a file with two
 * is refused, since names would no longer say where an operation is.
 */
export async function everyOperation(): Promise<Map<string, AnyOperation>> {
  const found = new Map<string, AnyOperation>();
  for (const path of operationFiles()) {
    const module: Record<string, unknown> = await import(/* @vite-ignore */ new URL(path, root).href);
    const [operation, second] = Object.values(module).filter(isOperation);
    if (!operation) continue;
    const name = path.replace(/^.*\/|\.ts$/g, '');
    if (second || found.has(name)) throw new Error(`${path} is not the only operation of that name`);
    found.set(name, operation);
  }
  return found;
}

/** Relative to lib/operations: `keys/create-key.ts`. */
function operationFiles(): string[] {
  const folders = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'testing',
  );
  return folders.flatMap(({ name }) =>
    readdirSync(new URL(`${name}/`, root))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => `${name}/${file}`),
  );
}

function isOperation(value: unknown): value is AnyOperation {
  return typeof value === 'function' && 'operationName' in value && 'permission' in value;
}
