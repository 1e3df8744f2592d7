import { PARTITIONS, type Partition } from '../regions.ts';
import { seedVendors, type VendorCredentials } from './seed-vendor.ts';
import { loadState, saveState } from './state-file.ts';
import type { Account, KmsKey, Role, User, WorldState } from './types.ts';

/** Milliseconds since 1970, as `Date.now()`. */
export type Clock = () => number;

export interface WorldOptions {
  clock?: Clock;
  /** JSON file that every change is written to, and that is read at the start. Unset: nothing outlives the process. */
  stateFile?: string;
  /** By the vendor's account; those of `world-defaults.ts` where an account is left out. */
  vendorCredentials?: VendorCredentials;
}

export interface World {
  readonly state: WorldState;
  readonly clock: Clock;
  /** To be called after each change of `state`: writes the state file, where there is one. */
  changed(): void;
}

/** Opens the state file or starts empty; the vendor's account, role and credentials are there in both cases. */
export function createWorld(options: WorldOptions = {}): World {
  const { clock = Date.now, stateFile } = options;
  const state = (stateFile && loadState(stateFile)) || emptyState();
  const world: World = {
    state,
    clock,
    changed() {
      if (stateFile) saveState(stateFile, state);
    },
  };
  seedVendors(world, options.vendorCredentials ?? {});
  world.changed();
  return world;
}

export function findRole(world: World, accountId: string, roleName: string): Role | undefined {
  return own(own(world.state.accounts, accountId)?.roles ?? {}, roleName);
}

export function findUser(world: World, accountId: string, userName: string): User | undefined {
  return own(own(world.state.accounts, accountId)?.users ?? {}, userName);
}

export function findAccount(world: World, accountId: string): Account | undefined {
  return own(world.state.accounts, accountId);
}

/** The role or user with this ARN, whichever account it is in. */
export function findEntityByArn(world: World, arn: string): Role | User | undefined {
  const match = ENTITY_ARN.exec(arn);
  if (!match) return undefined;
  const [, accountId = '', kind, name = ''] = match;
  const found = kind === 'role' ? findRole(world, accountId, name) : findUser(world, accountId, name);
  return found?.arn === arn ? found : undefined;
}

const ENTITY_ARN = new RegExp(
  `^arn:(?:${PARTITIONS}):iam::(\\d{12}):(role|user)/(?:[\\x21-\\x7e]+/)?([\\w+=,.@-]{1,64})$`,
);

/** `aws` for an account that nobody has made yet. */
export function partitionOf(world: World, accountId: string): Partition {
  return findAccount(world, accountId)?.partition ?? 'aws';
}

/** The key, unless its waiting period is over: then it is gone, with its aliases. */
export function findKey(world: World, keyArn: string): KmsKey | undefined {
  const key = own(world.state.keys, keyArn);
  if (!key) return undefined;
  if (key.deletionDate === undefined || key.deletionDate > world.clock()) return key;
  delete world.state.keys[keyArn];
  for (const alias of Object.values(world.state.aliases)) {
    if (alias.targetKeyArn === keyArn) delete world.state.aliases[alias.arn];
  }
  world.changed();
  return undefined;
}

/** A value that the object itself has; a name like `constructor` finds nothing. */
export function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function emptyState(): WorldState {
  return { accounts: {}, accessKeys: {}, sessions: {}, keys: {}, aliases: {} };
}
