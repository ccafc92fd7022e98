import { LedgerEntry } from '@headroom/common';

/**
 * What the ledger is to say of a write that was made in the simulated past. Whose
 * the workload is, is known when the portal runs; under a lease it never was.
 */
export type PastLine = Omit<LedgerEntry, 'sequence' | 'entityRef' | 'token'> & {
  /** As `targetKey` has it. */
  targetKey: string;
  /** What it is linked by. */
  workload: { kind: string; namespace: string; name: string };
};
