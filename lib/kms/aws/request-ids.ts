/**
 * Collects the AWS request ID of every attempt. `$metadata` of an answer or error holds the last one only, and none
 * where an answer could not be read.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const collecting = new AsyncLocalStorage<string[]>();

/** Runs `call`; each AWS answer that arrives within it adds its request ID to `requestIds`. */
export function collectRequestIds<T>(requestIds: string[], call: () => Promise<T>): Promise<T> {
  return collecting.run(requestIds, call);
}

/** The last call that was sent while these were collected: "Decrypt". */
export function commandOf(requestIds: string[]): string | undefined {
  return commands.get(requestIds);
}

const commands = new WeakMap<string[], string>();

/** Middleware for the step `deserialize`: sees the HTTP answer before anything is made of it. */
export function noteRequestId<Args, Out extends { response: unknown }>(
  next: (args: Args) => Promise<Out>,
  { commandName }: { commandName?: string },
) {
  return async (args: Args): Promise<Out> => {
    const sentFor = collecting.getStore();
    if (sentFor && commandName) commands.set(sentFor, commandName.replace(/Command$/, ''));
    const result = await next(args);
    const id = requestIdOf(result.response);
    if (id) collecting.getStore()?.push(id);
    return result;
  };
}

function requestIdOf(response: unknown): string | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined;
  const headers = response.headers as Record<string, string>;
  return headers['x-amzn-requestid'] ?? headers['x-amz-request-id'];
}
