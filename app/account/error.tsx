'use client';

import { PageFailure, type PageFailureProps } from '../_shell/page-failure.tsx';

export default function PageError(props: PageFailureProps) {
  return <PageFailure {...props} />;
}
