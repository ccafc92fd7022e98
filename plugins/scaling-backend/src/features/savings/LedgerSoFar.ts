import { DAY_MS, LedgerEntry } from '@headroom/common';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import {
  clusterLineOf,
  EffectOnWorkload,
  EffectsInLedger,
} from '@headroom/plugin-scaling-common';

/** A line may become visible after later ones: by then no transaction is still to end. */
const SETTLED_MS = 60_000;
/** All is read anew once a day, whatever was missed. */
const RENEWED_MS = DAY_MS;

type Key = Pick<
  EffectOnWorkload,
  'controller' | 'policyId' | 'cluster' | 'subject'
>;

/** One policy on one workload. */
export function keyOf({ controller, policyId, cluster, subject }: Key): string {
  return JSON.stringify([controller, policyId, cluster, subject]);
}

/** What the ledger says last of one policy on one workload, besides when it held. */
export interface AboutEffect {
  planId: string;
  entityRef?: string;
  /** Micros. */
  expectedPerHour?: number;
}

/** What is known of the ledger up to a line. */
class Fold {
  readonly effects = EffectsInLedger.create();
  readonly about = new Map<string, AboutEffect>();
  lastSequence = 0;

  constructor(readonly begunAt: number) {}

  add(entry: LedgerEntry): void {
    this.lastSequence = entry.sequence;
    this.effects.add(entry);
    const seen = clusterLineOf(entry);
    if (!seen) {
      return;
    }
    const { planId, entityRef, expected } = entry;
    const key = keyOf({ ...entry, cluster: seen.target.cluster });
    const saving = expected?.savingPerHour;
    this.about.set(key, {
      ...this.about.get(key),
      planId,
      ...(entityRef && { entityRef }),
      ...(saving !== undefined && { expectedPerHour: Number(saving) }),
    });
  }
}

/**
 * The ledger, of which each line is read once: what was the first action, and what a
 * field was before it, is told by the lines from the beginning alone, and a year of
 * many workloads is millions of them.
 */
export class LedgerSoFar {
  readonly #ledger: Pick<ActingEngine['ledger'], 'effects'>;
  #fold: Fold | undefined;

  static create(options: {
    ledger: Pick<ActingEngine['ledger'], 'effects'>;
  }): LedgerSoFar {
    return new LedgerSoFar(options.ledger);
  }

  private constructor(ledger: Pick<ActingEngine['ledger'], 'effects'>) {
    this.#ledger = ledger;
  }

  /** As it was a minute before `now`, milliseconds since 1970. */
  async until(
    now: number,
    signal: AbortSignal,
  ): Promise<Pick<Fold, 'effects' | 'about'>> {
    if (!this.#fold || now - this.#fold.begunAt > RENEWED_MS) {
      this.#fold = new Fold(now);
    }
    const fold = this.#fold;
    for await (const page of this.#ledger.effects(fold.lastSequence)) {
      signal.throwIfAborted();
      for (const entry of page) {
        if (Date.parse(entry.at) > now - SETTLED_MS) {
          return fold;
        }
        fold.add(entry);
      }
    }
    return fold;
  }
}
