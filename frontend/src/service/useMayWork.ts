/** Whether who looks may work at the desk, or only read. */
import { useStore } from '../state/store';
import { mayWork } from './state';

export function useMayWork(): boolean {
  return mayWork(useStore((state) => state.me?.role ?? ''));
}
