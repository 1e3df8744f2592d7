import { describe, expect, it } from 'vitest';
import * as z from '../byok/zod-config.ts';
import { everyOperation } from './testing/every-operation.ts';

/**
 * Every text that somebody may send to an operation is decided about: it is text for people (shown-text.ts), or one of these,
 * with the reason why it may hold any character.
 */
const decided: Record<string, string> = {
  'change-password current': 'a password',
  'change-password next': 'a password',
  'check-authorization-profile userName': 'compared with a secret, not stored',
  'check-authorization-profile password': 'a secret',
  'create-app reference': 'letters, digits and four signs alone',
  'create-app tenantReference': 'a reference',
  'create-customer-key aliasName': 'letters, digits and three signs alone, as AWS has it',
  'create-person tenantReference': 'a reference',
  'create-tenant homeRegion': 'a known region alone',
  'create-tenant reference': 'letters, digits and four signs alone',
  'find-by-name text': 'a search, not stored',
  'list-history actor': 'a filter, not stored',
  'list-history operation': 'a filter, not stored',
  'list-history operations': 'a filter, not stored',
  'list-history-choices search': 'a filter, not stored',
  'list-tokens search': 'a filter, not stored',
  'list-tokens tenant': 'a filter, not stored',
  'list-vendor-history actor': 'a filter, not stored',
  'list-vendor-history operation': 'a filter, not stored',
  'list-vendor-history operations': 'a filter, not stored',
  'list-vendor-history-choices search': 'a filter, not stored',
  'note-policy-scope choice': 'a known choice alone',
  'prepare-rotation to.authMode': 'a known authentication mode alone',
  'prepare-rotation to.provider': 'a known provider alone',
  'prepare-rotation values.accountId': 'twelve digits alone',
  'prepare-rotation values.roleName': 'a role’s name as AWS has it',
  'prepare-rotation values.keyArn': 'a reference',
  'prepare-rotation values.roleArn': 'a reference',
  'prepare-rotation values.region': 'a known region alone',
  'prepare-rotation values.accessKeyId': 'a reference',
  'prepare-rotation values.secret': 'a secret',
  'read-set-up-values provider': 'a known provider alone',
  'read-set-up-values region': 'a known region alone',
  'save-step values.accountId': 'twelve digits alone',
  'save-step values.roleName': 'a role’s name as AWS has it',
  'save-step values.region': 'a known region alone',
  'save-step values.keyArn': 'a reference',
  'save-step values.roleArn': 'a reference',
  'save-step values.accessKeyId': 'a reference',
  'save-step values.secret': 'a secret',
  'save-step values.date.localDateTime': 'a date alone',
  'save-step values.date.timeZone': 'a known time zone alone',
  'save-step values.localDateTime': 'a date alone',
  'save-step values.timeZone': 'a known time zone alone',
};

type JsonSchema = { [name: string]: unknown };

describe('every text in an input', () => {
  it('is text for people, or is decided about by name', async () => {
    const found = new Set<string>();
    let shown = 0;
    for (const operation of (await everyOperation()).values()) {
      const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any', reused: 'inline' });
      for (const text of textsIn(schema as JsonSchema)) {
        if (text.isShown) shown++;
        else found.add(`${operation.operationName} ${text.path}`);
      }
    }
    expect([...found].sort()).toEqual(Object.keys(decided).sort());
    // An alias, a description, a tag's three forms and a token's name at the least: the walk sees what it is to see.
    expect(shown).toBeGreaterThanOrEqual(6);
  });
});

/** Texts of any content: without a format, a list of values or one value. */
function textsIn(schema: JsonSchema, path = ''): { path: string; isShown: boolean }[] {
  const below = (name: string, inner: unknown) => textsIn(inner as JsonSchema, path === '' ? name : `${path}.${name}`);
  const parts = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const free = schema.type === 'string' && !('format' in schema || 'enum' in schema || 'const' in schema);
  return [
    ...(free ? [{ path, isShown: schema.shown === true }] : []),
    ...parts.flatMap((part) => textsIn(part as JsonSchema, path)),
    ...Object.entries((schema.properties ?? {}) as JsonSchema).flatMap(([name, inner]) => below(name, inner)),
    ...(schema.items ? textsIn(schema.items as JsonSchema, path) : []),
    ...(typeof schema.additionalProperties === 'object' && schema.additionalProperties !== null
      ? below('*', schema.additionalProperties)
      : []),
  ];
}
