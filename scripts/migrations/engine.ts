/**
 * Prisma's schema engine in its WebAssembly form: the same that `prisma migrate` starts as a program of its own, without
 * the download. For development alone: it writes new migrations, and tests hold our own runner against it.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { migrationAdapter } from './adapter.ts';
import type { Migrations } from './folder.ts';

export interface OpenEngine {
  /** Applies what is missing as `prisma migrate deploy` does; answers the names. */
  apply(migrations: Migrations): Promise<string[]>;
  /** The SQL that leads from where these migrations end to the schema; needs a role that may create a database. */
  diff(migrations: Migrations, schema: string): Promise<string>;
  close(): Promise<void>;
}

// What pg-boss keeps lives in a schema of its own, which Prisma never looks at.
const filters: SchemaFilter = { externalTables: [], externalEnums: [] };

/** Opens the engine on a database. */
export async function openEngine(connectionString: string): Promise<OpenEngine> {
  await load();
  const adapter = migrationAdapter(connectionString);
  const datamodel = 'datasource db {\n  provider = "postgresql"\n}\n';
  const engine: SchemaEngine = await bindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', datamodel]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter.factory),
  );
  return {
    apply: async (migrations) =>
      (await engine.applyMigrations({ migrationsList: toList(migrations), filters })).appliedMigrationNames,
    diff: async (migrations, schema) => {
      const { stdout } = await engine.diff({
        from: { tag: 'migrations', ...toList(migrations) },
        to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
        script: true,
        exitCode: null,
        filters,
      });
      return stdout ?? '';
    },
    close: async () => {
      engine.free();
      await adapter.close();
    },
  };
}

let loading: Promise<void> | undefined;

/** The package's own entry imports the .wasm file as a module, which Node does not do without a flag. */
function load(): Promise<void> {
  loading ??= (async () => {
    const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const wasm = await readFile(file.replace(/\.js$/, '.wasm'));
    const { instance } = await WebAssembly.instantiate(wasm, {
      './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
    });
    const start = instance.exports.__wbindgen_start;
    setWasm(instance.exports);
    // Where the engine leaves the text of a panic, before it stops with a mere "unreachable".
    Object.assign(globalThis, {
      PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => console.error(`The schema engine failed: ${text}`) },
    });
    if (typeof start === 'function') start();
  })();
  return loading;
}

/** Not among the package's types: wasm-bindgen's own hook. */
function setWasm(exports: WebAssembly.Exports): void {
  const hook: unknown = Reflect.get(bindings, '__wbg_set_wasm');
  if (typeof hook !== 'function')
    throw new Error('The schema engine has no __wbg_set_wasm: another version than expected.');
  hook(exports);
}

function toList({ baseDir, entries }: Migrations): MigrationList {
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: entries.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}
