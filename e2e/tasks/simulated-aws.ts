import type { Demo } from '../fixtures.ts';

export type Answer = Record<string, unknown>;

/** What anybody with an account in the simulated AWS can ask of it; a refusal throws with AWS's own words. */
export function simulatedAws(demo: Demo) {
  const send = async (method: string, path: string, body: object): Promise<Answer> => {
    const response = await fetch(`${demo.simulatorUrl}/_sim/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Answer;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    post: (path: string, body: object) => send('POST', path, body),
    put: (path: string, body: object) => send('PUT', path, body),
  };
}
