/**
 * For tests: the real Terraform with the real AWS provider, in a folder of its own, against the simulated AWS. Nothing is
 * downloaded: where program or provider is not on this machine, `findTerraform` says which.
 */
import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ArtefactValues } from '../artefact-values.ts';
import { artefactFiles } from '../setup-artefacts.ts';

/** Terraform's own message, one per line of its output with `-json`. */
type Message = {
  '@level': string;
  '@message': string;
  type: string;
  changes?: { operation: 'plan' | 'apply' | 'destroy'; add: number; change: number; remove: number };
  change?: { action: string; resource: { addr: string } };
  outputs?: Record<string, { value?: unknown }>;
  diagnostic?: { severity: string; summary: string; detail: string };
};

export type Applied = {
  code: number;
  /** What the plan was going to do. */
  plan: { add: number; change: number; remove: number } | null;
  /** Addresses of what the plan was going to destroy, or to put another in the place of. */
  endangered: string[];
  errors: string[];
  warnings: string[];
  outputs: { roleArn: string; keyArn: string };
};

export type Tool = { ok: true; program: string; configuration: string | null } | { ok: false; missing: string };

/** Where Terraform looks for providers by itself, and where systems put a mirror of them. */
const mirrors = [
  join(homedir(), '.terraform.d', 'plugins'),
  join(homedir(), '.local', 'share', 'terraform', 'plugins'),
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
  ...globSync('/opt/*'),
];

export function findTerraform(): Tool {
  const program = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'terraform'))
    .find((path) => existsSync(path));
  if (!program) return { ok: false, missing: 'Terraform is not on this machine' };
  const { TF_CLI_CONFIG_FILE: configured } = process.env;
  if (configured && existsSync(configured)) return { ok: true, program, configuration: null };
  const mirror = mirrors.find((path) => existsSync(join(path, 'registry.terraform.io', 'hashicorp', 'aws')));
  if (!mirror) return { ok: false, missing: 'Terraform’s AWS provider is not on this machine' };
  const configuration = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
  return { ok: true, program, configuration };
}

/** Initialises once; each folder then begins with what that made. `close` removes them all. */
export async function terraformFolders(
  { program, configuration }: Extract<Tool, { ok: true }>,
  aws: { url: string; credentials: { accessKeyId: string; secretAccessKey: string } },
) {
  const root = await mkdtemp(join(tmpdir(), 'keyward-terraform-'));
  const rc = join(root, 'terraform.rc');
  if (configuration) await writeFile(rc, configuration);
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'test',
    PATH: process.env.PATH,
    HOME: root,
    TF_DATA_DIR: join(root, 'data'),
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: configuration ? rc : process.env.TF_CLI_CONFIG_FILE,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const terraform = (cwd: string, ...words: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      execFile(program, words, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
      );
    });
  const first = join(root, 'first');
  let initialised: Promise<void> | undefined;
  async function initialise(main: string): Promise<void> {
    await mkdir(first);
    await writeFile(join(first, 'main.tf'), main);
    const { code, stdout, stderr } = await terraform(first, 'init', '-input=false', '-no-color');
    if (code !== 0) throw new Error(`terraform init: ${stdout}${stderr}`);
  }

  async function folder() {
    const path = await mkdtemp(join(root, 'folder-'));
    /** Saves both files of the artefacts as a browser would, over what was there. */
    async function put(values: ArtefactValues): Promise<void> {
      const { program: main, parameters } = artefactFiles('terraform', values);
      initialised ??= initialise(main.text);
      await initialised;
      await copyFile(join(first, '.terraform.lock.hcl'), join(path, '.terraform.lock.hcl'));
      for (const file of [main, parameters]) if (file) await writeFile(join(path, file.fileName), file.text);
    }
    return {
      path,
      put,
      terraform: (...words: string[]) => terraform(path, ...words),
      async apply(values: ArtefactValues): Promise<Applied> {
        await put(values);
        return told(await terraform(path, 'apply', '-auto-approve', '-input=false', '-json'));
      },
      /** As the page says: a plan that is kept, and then that plan. */
      async planAndApply(values: ArtefactValues): Promise<Applied & { kept: string }> {
        await put(values);
        const planned = told(await terraform(path, 'plan', '-input=false', '-json', '-out=keyward.tfplan'));
        const applied = told(await terraform(path, 'apply', '-input=false', '-json', 'keyward.tfplan'));
        const { stdout } = await terraform(path, 'show', '-no-color', 'keyward.tfplan');
        return { ...applied, plan: planned.plan, endangered: planned.endangered, kept: stdout };
      },
      state: async () => JSON.parse(await readFile(join(path, 'terraform.tfstate'), 'utf8')) as object,
    };
  }
  return { folder, close: () => rm(root, { recursive: true, force: true }) };
}

function told({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }): Applied {
  const messages = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Message);
  const diagnostics = (severity: string) =>
    messages.flatMap(({ diagnostic: found }) =>
      found?.severity === severity ? [`${found.summary}: ${found.detail}`] : [],
    );
  const counts = messages.find(({ type, changes }) => type === 'change_summary' && changes?.operation === 'plan');
  const outputs = messages.findLast(({ type }) => type === 'outputs')?.outputs ?? {};
  return {
    code,
    plan: counts?.changes
      ? { add: counts.changes.add, change: counts.changes.change, remove: counts.changes.remove }
      : null,
    endangered: messages.flatMap(({ type, change }) =>
      type === 'planned_change' && change && ['delete', 'replace'].includes(change.action)
        ? [change.resource.addr]
        : [],
    ),
    errors: [...diagnostics('error'), ...(stderr.trim() && code !== 0 ? [stderr] : [])],
    warnings: diagnostics('warning'),
    outputs: { roleArn: String(outputs.role_arn?.value ?? ''), keyArn: String(outputs.key_arn?.value ?? '') },
  };
}
