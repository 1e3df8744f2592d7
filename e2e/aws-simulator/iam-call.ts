import { AwsError } from './errors.ts';
import type { Account, Role } from './world/types.ts';
import { own, type World } from './world/world.ts';

/** One call about an account's roles, users and access keys. */
export interface IamCall {
  world: World;
  account: Account;
  input: Readonly<Record<string, unknown>>;
}

export type Operation = { parameters: readonly string[]; run(call: IamCall): object };

export function roleOf({ account, input }: IamCall): Role {
  const name = nameIn(input, 'RoleName');
  const role = own(account.roles, name);
  if (!role) throw missing(`The role with name ${name} cannot be found.`);
  return role;
}

export function nameIn(input: IamCall['input'], parameter: string): string {
  const value = input[parameter];
  if (typeof value !== 'string' || !/^[\w+=,.@-]{1,64}$/.test(value)) {
    throw new AwsError('ValidationError', `${parameter} must be 1 to 64 letters, digits or any of _+=,.@-`);
  }
  return value;
}

export function missing(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, 404);
}
