import { AwsError } from '../errors.ts';
import { own } from '../world/world.ts';
import { authorizeByIdentity, authorizeOnKey, type KmsCall, type KmsOperation } from './call.ts';
import { aliasArnOf, findAlias, requestedKey } from './find-key.ts';
import { type Input, requiredText } from './input.ts';
import { requireKeyState } from './key-states.ts';
import { page } from './page.ts';

/** CreateAlias needs permission on the alias and on the key. https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html */
const createAlias: KmsOperation = {
  parameters: ['AliasName', 'TargetKeyId'],
  run(call) {
    const name = aliasName(call.input);
    const { key } = requestedKey(call, 'TargetKeyId', 'no-alias');
    const arn = aliasArnOf(call, name);
    authorizeByIdentity(call, arn, 'CreateAlias');
    authorizeOnKey(call, key, 'CreateAlias');
    requireKeyState(key, 'manage', call.world.clock());
    if (own(call.world.state.aliases, arn))
      throw new AwsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
    const now = call.world.clock();
    call.world.state.aliases[arn] = {
      name,
      arn,
      accountId: key.accountId,
      region: key.region,
      targetKeyArn: key.arn,
      createdAt: now,
      updatedAt: now,
    };
    call.world.changed();
    return {};
  },
};

/** The old and the new key must be of one type and use. https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html */
const updateAlias: KmsOperation = {
  parameters: ['AliasName', 'TargetKeyId'],
  run(call) {
    const alias = findAlias(call, aliasArnOf(call, aliasName(call.input)));
    const { key } = requestedKey(call, 'TargetKeyId', 'no-alias');
    authorizeByIdentity(call, alias.arn, 'UpdateAlias');
    const previous = keyBehind(call, alias.targetKeyArn);
    if (previous) authorizeOnKey(call, previous, 'UpdateAlias');
    authorizeOnKey(call, key, 'UpdateAlias');
    requireKeyState(key, 'manage', call.world.clock());
    if (previous && (previous.spec !== key.spec || previous.usage !== key.usage)) {
      throw new AwsError('ValidationException', 'The two keys are not of the same type and use.');
    }
    alias.targetKeyArn = key.arn;
    alias.updatedAt = call.world.clock();
    call.world.changed();
    return {};
  },
};

const deleteAlias: KmsOperation = {
  parameters: ['AliasName'],
  run(call) {
    const alias = findAlias(call, aliasArnOf(call, aliasName(call.input)));
    authorizeByIdentity(call, alias.arn, 'DeleteAlias');
    const key = keyBehind(call, alias.targetKeyArn);
    if (key) authorizeOnKey(call, key, 'DeleteAlias');
    delete call.world.state.aliases[alias.arn];
    call.world.changed();
    return {};
  },
};

const listAliases: KmsOperation = {
  parameters: ['KeyId', 'Limit', 'Marker'],
  run(call) {
    authorizeByIdentity(call, '*', 'ListAliases');
    const { caller, region } = call.environment;
    const keyArn = call.input.KeyId === undefined ? undefined : requestedKey(call, 'KeyId', 'no-alias').key.arn;
    const aliases = Object.values(call.world.state.aliases).filter(
      (alias) =>
        alias.accountId === caller.accountId &&
        alias.region === region &&
        (keyArn === undefined || alias.targetKeyArn === keyArn),
    );
    const { items, rest } = page(call.input, aliases, 50, 100);
    return { Aliases: items.map(describe), ...rest };
  },
};

export const ALIAS_OPERATIONS: Readonly<Record<string, KmsOperation>> = {
  CreateAlias: createAlias,
  UpdateAlias: updateAlias,
  DeleteAlias: deleteAlias,
  ListAliases: listAliases,
};

function describe(alias: { name: string; arn: string; targetKeyArn: string; createdAt: number; updatedAt: number }) {
  return {
    AliasName: alias.name,
    AliasArn: alias.arn,
    TargetKeyId: alias.targetKeyArn.split('/').at(-1),
    CreationDate: alias.createdAt / 1000,
    LastUpdatedDate: alias.updatedAt / 1000,
  };
}

/** Names that begin with `alias/aws/` are AWS's own. */
function aliasName(input: Input): string {
  const name = requiredText(input, 'AliasName', { min: 1, max: 256 });
  if (!/^alias\/[\w/-]+$/.test(name) || name.startsWith('alias/aws/')) {
    throw new AwsError('InvalidAliasNameException', 'The alias name is not alias/ and letters, digits, /, _ or -.');
  }
  return name;
}

function keyBehind(call: KmsCall, keyArn: string) {
  return own(call.world.state.keys, keyArn);
}
