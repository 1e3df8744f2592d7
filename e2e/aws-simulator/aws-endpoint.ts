import { randomBytes, randomUUID } from 'node:crypto';
import { type CallRecord, shownParameters, userIdentityOf } from './cloudtrail.ts';
import { AwsError } from './errors.ts';
import { faultTargetOf } from './fault-target.ts';
import { delay, type FaultRule, throwFault } from './faults.ts';
import { callIamOnWire } from './iam-wire.ts';
import { callKms } from './kms/service.ts';
import type { CallEnvironment } from './policy/request-context.ts';
import { verifySignature } from './sigv4.ts';
import type { Simulator } from './simulator.ts';
import { callSts } from './sts.ts';
import {
  parseServiceRequest,
  renderError,
  renderKms,
  renderQuery,
  type ServiceRequest,
  type WireAnswer,
  type WireRequest,
} from './wire.ts';
import type { Caller } from './world/callers.ts';
import type { KmsKey, Role } from './world/types.ts';

/** `silence`: the connection stays open and nothing ever comes. `reset`: it is torn down. */
export type AwsAnswer = WireAnswer | 'silence' | 'reset';

/** Answers one request as AWS would, every failure included. Each answer has a request ID and a line in the log of calls. */
export async function answerAws(simulator: Simulator, request: WireRequest): Promise<AwsAnswer> {
  const requestId = randomUUID();
  let parsed: ServiceRequest;
  try {
    parsed = parseServiceRequest(request);
  } catch (error) {
    return renderError(undefined, asAwsError(error), requestId);
  }
  const target = faultTargetOf(simulator.world, parsed);
  const faults = simulator.faults.take(target);
  await delay(faults);
  await simulator.faults.released(faults);
  if (faults.some((fault) => fault.kind === 'reset')) return 'reset';
  if (faults.some((fault) => fault.kind === 'silence')) return 'silence';

  const progress: Progress = { keys: [], roles: [] };
  try {
    const { caller, region } = verifySignature(simulator.world, request, parsed.service);
    Object.assign(progress, { caller, region });
    throwFault(faults, target);
    const answer = await dispatch(
      simulator,
      parsed,
      environmentOf(simulator, request, caller, region),
      progress,
      requestId,
      faults,
    );
    simulator.calls.add(recordOf(request, parsed, progress, requestId));
    await delay(faults, 'slow-answer');
    return answer;
  } catch (error) {
    const awsError = asAwsError(error);
    simulator.calls.add(recordOf(request, parsed, progress, requestId, awsError));
    return renderError(parsed.service, awsError, requestId);
  }
}

/** What became known of a call before it ended, well or not. */
interface Progress {
  caller?: Caller;
  region?: string;
  keys: KmsKey[];
  roles: Role[];
}

async function dispatch(
  { world }: Simulator,
  { service, action, input }: ServiceRequest,
  environment: CallEnvironment,
  progress: Progress,
  requestId: string,
  faults: readonly FaultRule[],
): Promise<WireAnswer> {
  if (service === 'sts') {
    const result = callSts(action, { world, environment, input, touched: progress.roles });
    return renderQuery('sts', action, result, requestId);
  }
  if (service === 'iam') {
    const result = callIamOnWire(action, { world, environment, input, touched: progress.roles });
    return renderQuery('iam', action, result, requestId);
  }
  const output = await callKms(action, { world, environment, input, touched: progress.keys });
  return renderKms(falsify(output, faults), requestId);
}

/** An answer that names another key, or holds another key's plaintext, as the faults ask. */
function falsify(output: object, faults: readonly FaultRule[]): object {
  const answer: Record<string, unknown> = { ...output };
  if (faults.some((fault) => fault.kind === 'wrong-key-id') && typeof answer.KeyId === 'string') {
    answer.KeyId = answer.KeyId.replace(/[^/]*$/, randomUUID());
  }
  if (faults.some((fault) => fault.kind === 'wrong-plaintext') && typeof answer.Plaintext === 'string') {
    answer.Plaintext = randomBytes(Buffer.from(answer.Plaintext, 'base64').length).toString('base64');
  }
  return answer;
}

function environmentOf({ world }: Simulator, request: WireRequest, caller: Caller, region: string): CallEnvironment {
  return {
    caller,
    region,
    sourceIp: request.remoteAddress,
    userAgent: request.headers['user-agent'] ?? '',
    nowMs: world.clock(),
  };
}

function recordOf(
  request: WireRequest,
  { service, action, input }: ServiceRequest,
  { caller, region, keys, roles }: Progress,
  requestID: string,
  error?: AwsError,
): Omit<CallRecord, 'eventID' | 'eventTime'> {
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName: action,
    awsRegion: region ?? '',
    sourceIPAddress: request.remoteAddress,
    userAgent: request.headers['user-agent'] ?? '',
    userIdentity: userIdentityOf(caller),
    requestParameters: shownParameters(input),
    resources: resourcesOf(keys, roles),
    requestID,
    ...(error
      ? { errorCode: error.code.replace(/^AccessDeniedException$/, 'AccessDenied'), errorMessage: error.message }
      : {}),
  };
}

function resourcesOf(keys: readonly KmsKey[], roles: readonly Role[]): CallRecord['resources'] {
  const all = [
    ...keys.map((key) => ({ ARN: key.arn, accountId: key.accountId, type: 'AWS::KMS::Key' })),
    ...roles.map((role) => ({ ARN: role.arn, accountId: role.accountId, type: 'AWS::IAM::Role' })),
  ];
  return [...new Map(all.map((resource) => [resource.ARN, resource])).values()];
}

/** Anything that is not an AwsError is a bug of the simulator: it goes to standard error, and the caller gets a 500. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  console.error(error);
  return new AwsError('SimulatorInternalError', 'The AWS simulator failed; its standard error says why.', 500);
}
