'use client';

import { Trouble, type TroubleProps } from '../_shell/trouble.tsx';

export default function PageError(props: TroubleProps) {
  return <Trouble {...props} />;
}
