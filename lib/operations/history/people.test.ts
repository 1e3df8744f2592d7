import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personWho } from '../../byok/who.ts';
import { db } from '../../db/client.ts';
import { readMe } from '../account/read-me.ts';
import { createKey } from '../keys/create-key.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { renameKey } from '../keys/rename-key.ts';
import { makeCaller, makeWorld, must, type World } from '../testing/world.ts';
import { listHistory } from './list-history.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
});
afterAll(() => world?.close());

describe('whoever did something', () => {
  it('is named as the account is called now, and as a former user once it is no more; no event is touched', async () => {
    const caller = await makeCaller('admin', world.acme.id);
    const { email } = must(await readMe(caller, {}));
    const { id } = await db().user.findUniqueOrThrow({ where: { email } });
    const { keyId } = must(await createKey(caller, {}));
    const [event] = await db().auditEvent.findMany({ where: { target: keyId } });
    expect(event?.actor).toBe(personWho(id));

    const named = async () => ({
      key: must(await readEnterpriseKey(world.callers.admin, { keyId })).changedBy,
      event: must(await listHistory(world.callers.admin, {})).events.find((one) => one.id === event?.id)?.actor,
    });
    expect(await named()).toEqual({ key: email, event: email });
    const renamed = `renamed-${email}`;
    await world.asOwner(`UPDATE "user" SET email = $2 WHERE id = $1`, [id, renamed]);
    expect(await named()).toEqual({ key: renamed, event: renamed });
    const second = { keyId, revision: 9, values: { alias: 'x', description: '' } };
    expect(await renameKey(world.callers.admin, second)).toMatchObject({ error: { details: { by: renamed } } });
    await world.asOwner('DELETE FROM "user" WHERE id = $1', [id]);
    expect(await named()).toEqual({ key: 'a former user', event: 'a former user' });
    expect(await db().auditEvent.findUnique({ where: { id: event?.id ?? '' } })).toEqual(event);
  });

  it('is not resolved in what people typed', async () => {
    const { email } = must(await readMe(world.callers.operator, {}));
    const { id } = await db().user.findUniqueOrThrow({ where: { email } });
    const { keyId } = must(await createKey(world.callers.admin, {}));
    const typed = { alias: personWho(id), description: personWho(id) };
    must(await renameKey(world.callers.admin, { keyId, revision: 1, values: typed }));
    const answers = [
      must(await readEnterpriseKey(world.callers.admin, { keyId })),
      must(await listHistory(world.callers.admin, {})),
    ];
    expect(JSON.stringify(answers)).not.toContain(email);
    expect(answers[0]).toMatchObject(typed);
  });
});
