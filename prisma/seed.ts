import 'server-only';
import { randomUUID } from 'node:crypto';
import { commandLineCaller } from '#lib/auth/command-line.ts';
import type { Caller } from '#lib/auth/identify.ts';
import { hashPassword } from '#lib/auth/password.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { getConfig } from '#lib/config/config.ts';
import { db } from '#lib/db/client.ts';
import { insertRecords, type NewRecord, recordContext } from '#lib/db/record-store.ts';
import { findTenantByReference } from '#lib/db/tenant-store.ts';
import { parseEnvelope } from '#lib/envelope/format.ts';
import { sealItems } from '#lib/envelope/seal.ts';
import { cachedSource } from '#lib/keyring/keyring.ts';
import { keyServices } from '#lib/kms/key-service.ts';
import { type CreatedApp, createApp } from '#lib/operations/apps/create-app.ts';
import { createPerson } from '#lib/operations/tenants/create-person.ts';
import { createTenant } from '#lib/operations/tenants/create-tenant.ts';
import { createToken } from '#lib/operations/tokens/create-token.ts';
import { listTokens, type TokenList } from '#lib/operations/tokens/list-tokens.ts';
import { revokeToken } from '#lib/operations/tokens/revoke-token.ts';
import { activateGlobex, expect, type ReadyAccount, readyAccount } from './aws/seed-globex.ts';
import { messageText, type SeedTenant, seedPeople, seedTenants } from './seed-data.ts';

export type Seeded = {
  accounts: string[];
  tokens: { tenant: string; token: string }[];
  readyAccount?: { roleArn: string; keyArn: string; aliasArn: string };
};

const demoToken = 'Demo';

/**
 * Fills a demo's database. Safe at every start: what is there stays, what a killed start left half done is completed,
 * and only the bearer tokens are made anew.
 * @param options.simulatorUrl the bundled AWS simulator; without it nothing is prepared in AWS
 */
export async function seedDemo(options: {
  simulatorUrl?: string | undefined;
  log: (line: string) => void;
}): Promise<Seeded> {
  for (const tenant of seedTenants) await seedTenant(tenant, options.log);
  await seedAccounts();
  const tokens = await freshTokens();
  const ready = options.simulatorUrl ? await readyAccounts(options.simulatorUrl, options.log) : undefined;
  return { accounts: seedPeople.map((person) => person.email), tokens, ...(ready ? { readyAccount: ready } : {}) };
}

async function seedTenant(seed: SeedTenant, log: (line: string) => void): Promise<void> {
  const known = await findTenantByReference(seed.reference);
  const tenantId = known?.id ?? (await newTenant(seed));
  const apps: CreatedApp[] = [];
  for (const app of seed.apps) apps.push(expect(await createApp(commandLineCaller(), { tenantId, ...app })));
  const have = await db().appRecord.count({ where: { tenantId, kind: 'message' } });
  if (have < seed.messages) {
    log(`Sealing ${seed.messages - have} messages of ${seed.name} under the platform key.`);
    for (const [index, { appId }] of apps.entries())
      await seedMessages(tenantId, appId, index, apps.length, seed.messages);
  }
  for (const profile of seed.profiles) {
    const appId = apps.find((app) => app.name === profile.app)?.appId;
    const known = await db().appRecord.count({
      where: { tenantId, kind: 'authorization_profile', name: profile.name },
    });
    if (!appId || known > 0) continue;
    const text = JSON.stringify({ userName: profile.userName, password: profile.password });
    await store({ tenantId, appId }, [
      { kind: 'authorization-profile', name: profile.name, text, createdAt: new Date() },
    ]);
  }
}

async function newTenant({ name, reference, homeRegion }: SeedTenant): Promise<string> {
  const { tenantId } = expect(await createTenant(commandLineCaller(), { name, reference, homeRegion }));
  // A minute, so that a demonstration need not wait five.
  await db().tenant.update({ where: { id: tenantId }, data: { cacheTtlSeconds: 60 } });
  return tenantId;
}

/** Deals the messages out to the apps in turn; those that an interrupted seed stored are not written again. */
async function seedMessages(
  tenantId: string,
  appId: string,
  appIndex: number,
  appCount: number,
  total: number,
): Promise<void> {
  const wanted = Math.floor((total - appIndex - 1) / appCount) + 1;
  const have = await db().appRecord.count({ where: { appId, kind: 'message' } });
  const now = Date.now();
  for (let from = have; from < wanted; from += 250) {
    const batch = Array.from({ length: Math.min(250, wanted - from) }, (_, i) => {
      const n = (from + i) * appCount + appIndex;
      return {
        kind: 'message' as const,
        name: '',
        text: messageText(n),
        createdAt: new Date(now - (total - n) * 60_000),
      };
    });
    await store({ tenantId, appId }, batch);
  }
}

type Plain = Pick<NewRecord, 'kind' | 'name' | 'createdAt'> & { text: string };

async function store(scope: { tenantId: string; appId: string }, records: Plain[]): Promise<void> {
  const ids = records.map(() => randomUUID());
  const sealed = await sealItems(
    cachedSource(),
    scope,
    records.map((record, index) => ({ plaintext: Buffer.from(record.text), context: recordContext(ids[index] ?? '') })),
  );
  const rows = records.flatMap(({ kind, name, createdAt }, index) => {
    const [id, envelope] = [ids[index], sealed[index]];
    return id && envelope
      ? [{ ...scope, id, kind, name, createdAt, envelope, dataKeyId: parseEnvelope(envelope).dataKeyId }]
      : [];
  });
  const stored = await insertRecords(rows);
  if (stored !== rows.length)
    throw new Error('A data key was replaced while the demo was being filled. Start it again.');
}

async function seedAccounts(): Promise<void> {
  const { demoPassword } = getConfig();
  for (const { email, role, tenant } of seedPeople) {
    if ((await db().user.count({ where: { email } })) === 0) {
      // The vendor's own people are made by no operation: the first of them is there before anybody could call one.
      if (tenant === null)
        await db().user.create({ data: { email, role, passwordHash: '', mustChangePassword: true } });
      else expect(await createPerson(commandLineCaller(), { tenantReference: tenant, email, role }));
    }
    // The demo's people share a password that stands in its first lines; a start that was killed has not come so far.
    const unset = { email, mustChangePassword: true };
    if ((await db().user.count({ where: unset })) === 0) continue;
    const passwordHash = await hashPassword(demoPassword);
    await db().user.updateMany({ where: unset, data: { passwordHash, mustChangePassword: false } });
  }
}

/** One token per tenant, made by the operator through the console's own operations; those of earlier starts end. */
async function freshTokens(): Promise<Seeded['tokens']> {
  const operator = await callerOf('operator@vendor.example');
  let listed = await listDemoTokens(operator);
  for (;;) {
    for (const old of listed.tokens) {
      if (old.name === demoToken && !old.revokedAt) await revokeToken(operator, { tokenId: old.id });
    }
    if (!listed.next) break;
    listed = await listDemoTokens(operator, listed.next);
  }
  const tokens: Seeded['tokens'] = [];
  for (const tenant of listed.tenants) {
    const made = await createToken(operator, { tenantId: tenant.id, name: demoToken, actions: ['encrypt', 'decrypt'] });
    if (!made.ok) throw new Error(`The demo's operator cannot make a token: ${made.error.code}`);
    tokens.push({ tenant: tenant.name, token: made.data.token });
  }
  return tokens;
}

async function listDemoTokens(operator: Caller, before?: string): Promise<TokenList> {
  const listed = await listTokens(operator, { search: demoToken, limit: 1_000, ...(before ? { before } : {}) });
  if (!listed.ok) throw new Error(`The demo's operator cannot list tokens: ${listed.error.code}`);
  return listed.data;
}

async function readyAccounts(simulatorUrl: string, log: (line: string) => void): Promise<ReadyAccount | undefined> {
  const { identity: roleArn, account } = await keyServices.aws.ourIdentity(seedTenants[0]?.homeRegion ?? '');
  const [acme, globex] = seedTenants;
  if (!acme || !globex || !account) return undefined;
  // Acme's account first: it is the one that the story is about, so the simulator shows it first.
  const ready = await readyAccount(simulatorUrl, acme, roleArn);
  await activateGlobex({
    simulatorUrl,
    seed: globex,
    serviceRoleArn: roleArn,
    admin: await callerOf('admin@globex.example'),
    log,
  });
  return ready;
}

async function callerOf(email: string) {
  const attempt = { email, password: getConfig().demoPassword, source: 'demo', requestId: randomUUID() };
  const result = await signIn(attempt);
  if (result.kind !== 'done')
    throw new Error(`The demo's account ${email} has another password than KEYWARD_DEMO_PASSWORD says.`);
  return { kind: 'session' as const, sessionId: result.sessionId };
}
