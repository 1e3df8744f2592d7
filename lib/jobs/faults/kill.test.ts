import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { makeWorld, type World } from '../../operations/testing/world.ts';
import { activate, type Begun, chooseApps, isOver, isWorkedOn, revert, rotate } from './testing/changes.ts';
import type { Kind } from './testing/fleet.ts';
import { momentsOr, pick, type Random, randomOf, seed } from './testing/seed.ts';
import { makeStage, type Stage } from './testing/stage.ts';
import { expectOneWrapping, expectWhole } from './testing/verdict.ts';

const moments = momentsOr(12);
/** Slow enough that a moment drawn at random falls between two calls as well as inside one. */
const latencyMs = 40;
/** As long as nobody knows how long a kind of change takes. */
const firstSpanMs = 300;
/** Kills in one change, so that a change is also killed while it recovers from being killed. */
const killsPerChange = 3;

let world: World;
let stage: Stage;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
  stage = await makeStage(world, 'Killed');
}, 120_000);
afterAll(async () => {
  await stage?.fleet.close();
  await world?.close();
});

type Tally = {
  inside: number;
  /** Kills by victim, change and phase. */
  by: Record<string, number>;
  /** By kind of change, in milliseconds: moments are drawn from as long as one took that nobody killed. */
  spans: Map<string, number>;
  restarts: Promise<unknown>[];
};

describe('kill -9 of applications and workers at random moments', () => {
  it(`loses nothing in ${moments} of them, and whoever is left sees no error`, {
    timeout: 120_000 + moments * 20_000,
  }, async () => {
    const { fleet, tenant } = stage;
    const random = randomOf('kill');
    const tally: Tally = { inside: 0, by: {}, spans: new Map(), restarts: [] };
    await Promise.all(['app', 'app', 'worker', 'worker'].map((kind) => fleet.start(kind as Kind)));
    await world.aws.faults({ kind: 'latency', ms: latencyMs });
    while (tally.inside < moments) {
      for await (const change of changes(random)) {
        await strike(change, random, tally);
        if (tally.inside >= moments) break;
      }
    }
    await Promise.all(tally.restarts);
    await world.aws.faults();
    await fleet.end();
    const verdict = await expectWhole(tenant.id, fleet.ledger);
    console.log(
      `seed ${seed}: killed inside a change ${tally.inside} times, ${JSON.stringify(tally.by)}; ${JSON.stringify(verdict)}`,
    );
    expect(fleet.refused).toEqual([]);
    expect(fleet.read()).toBeGreaterThan(0);
  });
});

type Change = Begun & { kind: string };

/** The whole life of a key: each change is begun when the one before has ended. */
async function* changes(random: Random): AsyncGenerator<Change> {
  const apps = stage.tenant.apps.map((app) => app.id);
  const activation = await activate(stage);
  const { keyId } = activation;
  yield { kind: 'activate', ...activation };
  yield { kind: 'rotate', ...(await rotate(stage, keyId, { reencrypt: random() < 0.5 })) };
  yield { kind: 'update apps', ...(await chooseApps(stage, keyId, apps.slice(1))) };
  yield { kind: 'update apps', ...(await chooseApps(stage, keyId, apps)) };
  yield { kind: 'revert', ...(await revert(stage, keyId)) };
}

/** Kills at random moments of the work and starts another at once, until the change is over. */
async function strike(change: Change, random: Random, tally: Tally): Promise<void> {
  // Nobody has asked for activations; they are there because everything else needs one.
  const most = change.kind === 'activate' ? 0 : Math.min(killsPerChange, moments - tally.inside);
  let kills = 0;
  let began = 0;
  while (!(await isOver(change))) {
    const worked = await isWorkedOn();
    if (worked && began === 0) began = performance.now();
    if (kills < most && worked) {
      await pause(random() * (tally.spans.get(change.kind) ?? firstSpanMs));
      if (await killOne(change, random, tally)) kills++;
    } else await pause(10);
  }
  if (kills === 0) tally.spans.set(change.kind, performance.now() - began);
  await expectOneWrapping(stage.tenant.id);
}

/** @returns false where the change was over before */
async function killOne(change: Change, random: Random, tally: Tally): Promise<boolean> {
  const { fleet } = stage;
  const kind = pick<Kind>(random, ['app', 'worker', 'worker']);
  // On a busy machine whoever was killed before may still be starting: then there is nobody to kill yet.
  if (fleet.members(kind).length === 0) await Promise.all(tally.restarts);
  const victim = pick(random, fleet.members(kind));
  const { phase, finishedAt } = await db().transition.findUniqueOrThrow({ where: { id: change.transitionId } });
  if (finishedAt) return false;
  await victim.kill();
  const restart = fleet.start(kind);
  // Waited for at the end; where the test has failed before, nobody asks what became of it.
  restart.catch(() => undefined);
  tally.restarts.push(restart);
  const name = `${kind} while ${change.kind} was ${phase}`;
  tally.by[name] = (tally.by[name] ?? 0) + 1;
  tally.inside++;
  return true;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
