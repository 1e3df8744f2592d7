import type { Metadata } from 'next';
import { ValidationTab } from '../tabs.tsx';

export const metadata: Metadata = { title: 'Validation' };

export default function ValidationPage() {
  return <ValidationTab />;
}
