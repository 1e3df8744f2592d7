import { AwsError } from '../errors.ts';
import { authorizeOnKey, type KmsOperation } from './call.ts';
import { requestedKey } from './find-key.ts';
import { type Input, validation } from './input.ts';
import { requireKeyState } from './key-states.ts';

/** At most 50 on a key. https://docs.aws.amazon.com/kms/latest/developerguide/tagging-keys.html */
const MAX_TAGS = 50;

/** @throws AwsError ValidationException, TagException */
export function parseTags(input: Input): Record<string, string> {
  const list = input.Tags ?? [];
  if (!Array.isArray(list)) throw validation('Tags must be a list');
  const pairs = (list as { TagKey?: unknown; TagValue?: unknown }[]).map((tag): [string, string] => {
    if (typeof tag?.TagKey !== 'string' || typeof tag.TagValue !== 'string' || !tag.TagKey) {
      throw validation('A tag has a TagKey and a TagValue');
    }
    if (tag.TagKey.startsWith('aws:')) throw new AwsError('TagException', 'Tag keys must not begin with aws:');
    return [tag.TagKey, tag.TagValue];
  });
  return Object.fromEntries(pairs);
}

/** The condition keys of a request that brings tags. */
export function requestTagValues(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
}

const listResourceTags: KmsOperation = {
  parameters: ['KeyId', 'Limit', 'Marker'],
  run(call) {
    const { key } = requestedKey(call, 'KeyId', 'no-alias');
    authorizeOnKey(call, key, 'ListResourceTags');
    return { Tags: Object.entries(key.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })), Truncated: false };
  },
};

const tagResource: KmsOperation = {
  parameters: ['KeyId', 'Tags'],
  run(call) {
    const tags = parseTags(call.input);
    const { key } = requestedKey(call, 'KeyId', 'no-alias');
    authorizeOnKey(call, key, 'TagResource', requestTagValues(tags));
    requireKeyState(key, 'manage', call.world.clock());
    const all = { ...key.tags, ...tags };
    if (Object.keys(all).length > MAX_TAGS) throw new AwsError('LimitExceededException', `More than ${MAX_TAGS} tags.`);
    key.tags = all;
    call.world.changed();
    return {};
  },
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html: a tag that is not there is no error. */
const untagResource: KmsOperation = {
  parameters: ['KeyId', 'TagKeys'],
  run(call) {
    const { key } = requestedKey(call, 'KeyId', 'no-alias');
    authorizeOnKey(call, key, 'UntagResource');
    requireKeyState(key, 'manage', call.world.clock());
    const gone = call.input.TagKeys;
    if (!Array.isArray(gone)) throw validation('TagKeys must be a list');
    key.tags = Object.fromEntries(Object.entries(key.tags).filter(([name]) => !gone.includes(name)));
    call.world.changed();
    return {};
  },
};

export const TAG_OPERATIONS: Readonly<Record<string, KmsOperation>> = {
  ListResourceTags: listResourceTags,
  TagResource: tagResource,
  UntagResource: untagResource,
};
