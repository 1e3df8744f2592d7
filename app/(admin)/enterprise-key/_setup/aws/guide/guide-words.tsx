import type { ReactNode } from 'react';

export function Tip({ children }: { children: ReactNode }) {
  return <p className="text-ink-2">{children}</p>;
}

export function Value({ children }: { children: ReactNode }) {
  return <strong className="wrap-anywhere font-medium">{children}</strong>;
}
