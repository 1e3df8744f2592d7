import { redirect } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { readSetup } from '#lib/operations/setup/read-setup.ts';
import { Refused } from '../../../../_shared/refusal/refused.tsx';
import { resumeStep, stepHref } from '../../_setup/steps.ts';

/** Goes on where the set-up was left. */
export default async function SetupEntry({ params }: { params: Promise<{ keyId: string }> }) {
  const { keyId } = await params;
  const setup = await readSetup(await currentCaller(), { keyId });
  if (!setup.ok) return <Refused error={setup.error} path={`/enterprise-key/${keyId}/setup`} title="Create Key" />;
  redirect(stepHref(setup.data, resumeStep(setup.data)));
}
