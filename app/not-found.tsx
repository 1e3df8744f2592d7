import { NothingHere } from './_shell/nothing-here.tsx';

export default function NotFound() {
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <NothingHere />
    </main>
  );
}
