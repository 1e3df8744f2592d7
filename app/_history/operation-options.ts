import type { SelectGroup, SelectOption } from '#components/form/select-field.tsx';
import type { ProviderDeclaration } from '#lib/byok/provider-rules.ts';
import { providerList } from '#lib/byok/providers.ts';
import { operationChoices } from './words.ts';

type Named = Pick<ProviderDeclaration, 'name' | 'history'>;

/** Operations to filter by. Where there are several providers, what one alone does stands under its name. */
export function operationOptions(providers: readonly Named[] = providerList): (SelectOption | SelectGroup)[] {
  const all = operationChoices().map(([value, label]) => ({ value, label }));
  if (providers.length === 1) return all;
  const isOwn = ({ history }: Named, operation: string) => Object.hasOwn(history?.operations ?? {}, operation);
  const groups = providers.map((provider) => {
    return { label: provider.name, options: all.filter(({ value }) => isOwn(provider, value)) };
  });
  return [
    ...all.filter(({ value }) => !providers.some((provider) => isOwn(provider, value))),
    ...groups.filter(({ options }) => options.length > 0),
  ];
}
