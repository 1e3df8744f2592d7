import type { CallRecord } from '../cloudtrail.ts';
import { type Html, html } from './html.ts';

/** The rows of the log of calls, newest first. */
export function renderCalls(records: readonly CallRecord[]): Html {
  if (records.length === 0) {
    return html`<tr><td colspan="5">No calls yet. They appear here as they are made.</td></tr>`;
  }
  return html`${[...records].reverse().map(renderRow)}`;
}

function renderRow(record: CallRecord): Html {
  const failed = record.errorCode !== undefined;
  return html`<tr${failed ? html` class="failed"` : html``}>
    <td><time datetime="${record.eventTime}">${record.eventTime.slice(11, 19)}</time></td>
    <td><strong>${record.eventName}</strong><br><small>${record.eventSource.split('.')[0] ?? ''} ${record.awsRegion}</small></td>
    <td class="breaks">${shortArn(record.userIdentity.arn ?? record.userIdentity.type)}</td>
    <td class="breaks">${failed ? `✗ ${record.errorCode}` : '✓ Succeeded'}${failed ? html`<br><small>${record.errorMessage ?? ''}</small>` : html``}</td>
    <td class="breaks"><small>${detail(record)}<br>Request ${record.requestID}</small></td>
  </tr>`;
}

function detail({ requestParameters, resources }: CallRecord): Html {
  const lines = [
    ...resources.map((resource) => shortArn(resource.ARN)),
    ...Object.entries(requestParameters)
      .filter(([name]) => !['policy', 'policyDocument', 'keyId', 'roleArn'].includes(name))
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ];
  return html`${lines.map((line) => html`${line}<br>`)}`;
}

/** The part after the account, with the account before it: `111122223333 role/BYOK_Role`. */
function shortArn(arn: string): string {
  const match = /^arn:[a-z-]+:\w+:[a-z0-9-]*:(\d{12}):(.+)$/.exec(arn);
  return match ? `${match[1]} ${match[2]}` : arn;
}
