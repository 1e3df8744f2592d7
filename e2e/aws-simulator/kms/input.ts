import { AwsError } from '../errors.ts';

/** The JSON object of a request. Each reader takes one member of it and throws ValidationException where it is not valid. */
export type Input = Readonly<Record<string, unknown>>;

interface TextRule {
  min?: number;
  max?: number;
  pattern?: RegExp;
}

export function optionalText(input: Input, name: string, rule: TextRule = {}): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw validation(`${name} must be a string`);
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = rule;
  if (value.length < min || value.length > max || (pattern && !pattern.test(value))) {
    throw validation(`Value at '${memberName(name)}' failed to satisfy constraint`);
  }
  return value;
}

export function requiredText(input: Input, name: string, rule: TextRule = {}): string {
  const value = optionalText(input, name, rule);
  if (value === undefined)
    throw validation(`Value null at '${memberName(name)}' failed to satisfy constraint: Member must not be null`);
  return value;
}

export function optionalInteger(input: Input, name: string, min: number, max: number): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw validation(`Value at '${memberName(name)}' failed to satisfy constraint: from ${min} to ${max}`);
  }
  return value;
}

export function flag(input: Input, name: string): boolean {
  const value = input[name] ?? false;
  if (typeof value !== 'boolean') throw validation(`${name} must be a boolean`);
  return value;
}

/** A binary member: base64 on the wire, from `min` to `max` bytes. */
export function requiredBytes(input: Input, name: string, min: number, max: number): Buffer {
  const text = requiredText(input, name);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new AwsError('SerializationException', `${name} is not base64`);
  if (bytes.length < min || bytes.length > max) {
    throw validation(
      `Value at '${memberName(name)}' failed to satisfy constraint: Member must have length ${min} to ${max}`,
    );
  }
  return bytes;
}

/** One of a fixed list. */
export function choice<T extends string>(input: Input, name: string, choices: readonly T[]): T | undefined {
  const value = optionalText(input, name);
  if (value === undefined) return undefined;
  const found = choices.find((one) => one === value);
  if (found === undefined) {
    throw validation(
      `Value at '${memberName(name)}' failed to satisfy constraint: Member must satisfy enum value set: [${choices.join(', ')}]`,
    );
  }
  return found;
}

/**
 * Pairs of strings, at most 8,192 characters in all.
 * https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
 */
export function encryptionContext(input: Input, name = 'EncryptionContext'): Record<string, string> {
  const value = input[name] ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw validation(`${name} must be a map`);
  const pairs = Object.entries(value).map(([key, item]): [string, string] => {
    if (typeof item !== 'string') throw validation(`${name} must be a map of strings`);
    return [key, item];
  });
  const length = pairs.reduce((sum, [key, item]) => sum + key.length + item.length, 0);
  if (length > 8192) throw validation(`${name} is longer than 8192 characters`);
  // fromEntries, because assigning would lose a pair named __proto__.
  return Object.fromEntries(pairs);
}

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function memberName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
