import { NothingHere } from '../_shell/nothing-here.tsx';

export default function NotFound() {
  return <NothingHere />;
}
