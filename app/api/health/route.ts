import { readHealth } from '#lib/operations/read-health.ts';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const result = await readHealth({ kind: 'anonymous' }, {});
  const report = result.ok ? result.data : { status: 'unavailable' };
  return Response.json(report, {
    status: report.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}
