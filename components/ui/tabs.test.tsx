// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { Tabs } from './tabs.tsx';

afterEach(cleanup);

const tabs = [
  { value: 'json', label: 'JSON' },
  { value: 'cli', label: 'AWS CLI' },
  { value: 'terraform', label: 'Terraform' },
] as const;

it('shows the panel of the tab that is pressed, and names it after the tab', () => {
  render(<Example />);
  expect(screen.getByRole('tabpanel', { name: 'JSON' }).textContent).toBe('json');
  fireEvent.click(screen.getByRole('tab', { name: 'Terraform' }));
  expect(screen.getByRole('tabpanel', { name: 'Terraform' }).textContent).toBe('terraform');
  expect(screen.getAllByRole('tab', { selected: true }).map(({ textContent }) => textContent)).toEqual(['Terraform']);
});

it('is one stop of the Tab key, within which arrow keys, Home and End move and choose', () => {
  render(<Example />);
  const focused = () => document.activeElement?.textContent;
  screen.getByRole('tab', { name: 'JSON' }).focus();
  for (const [key, there] of [
    ['ArrowRight', 'AWS CLI'],
    ['ArrowRight', 'Terraform'],
    ['ArrowRight', 'JSON'],
    ['ArrowLeft', 'Terraform'],
    ['Home', 'JSON'],
    ['End', 'Terraform'],
  ] as const) {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
    expect(focused()).toBe(there);
    expect(screen.getByRole('tabpanel', { name: there })).toBeTruthy();
    expect(screen.getAllByRole('tab').filter((tab) => tab.tabIndex === 0)).toEqual([document.activeElement]);
  }
});

function Example() {
  const [chosen, setChosen] = useState<(typeof tabs)[number]['value']>('json');
  return (
    <Tabs chosen={chosen} label="How to set AWS up" onChoose={setChosen} tabs={tabs}>
      {chosen}
    </Tabs>
  );
}
