'use client';

import { useTheme } from 'next-themes';
import { useId } from 'react';
import { useHydrated } from '#components/ui/use-hydrated.ts';

/** Light, dark, or as the system has it. What was chosen is known in the browser only. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id}>Theme</label>
      <select
        className="min-h-7 rounded-md border border-control bg-panel px-1.5 text-ink"
        disabled={!hydrated}
        id={id}
        onChange={(event) => setTheme(event.currentTarget.value)}
        value={hydrated ? (theme ?? 'system') : 'system'}
      >
        <option value="system">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </div>
  );
}
