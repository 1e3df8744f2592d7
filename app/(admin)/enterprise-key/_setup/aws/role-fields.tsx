import type { ComponentProps } from 'react';
import { TextField } from '#components/form/text-field.tsx';

type FieldsProps = { bind: (name: 'accountId' | 'roleName') => Omit<ComponentProps<typeof TextField>, 'label'> };

/** What the role is to be called, and where it is to be. */
export function RoleFields({ bind }: FieldsProps) {
  return (
    <>
      <TextField
        {...bind('accountId')}
        autoComplete="off"
        hint="12 digits: the account in which you create the role, and usually the key."
        inputMode="numeric"
        label="AWS Account ID"
        mono
      />
      <TextField
        {...bind('roleName')}
        autoComplete="off"
        hint="Leave it as it is unless your organisation names roles by a rule."
        label="Role Name"
        mono
        spellCheck={false}
      />
    </>
  );
}
