import { splitExactly } from '@headroom/common';

/** What machines of one kind of a cluster were billed, and who used them. @public */
export interface MachineBill {
  cluster: string;
  region: string;
  capacityType: string;
  /** What their charges came to. */
  micros: bigint;
  /**
   * What was allocated of them at estimated prices, by service; `''` is capacity and
   * workloads of no service.
   */
  estimates: ReadonlyArray<{ entityRef: string; micros: bigint }>;
}

/** Charges that are no machine's, by service; `''` = nobody says whose. @public */
export interface DirectBill {
  entityRef: string;
  micros: bigint;
}

/** What a service pays of a bill. @public */
export interface ServiceBill {
  entityRef: string;
  /** Its part of machines, at what they were billed. */
  machines: bigint;
  /** What it used of them at estimated prices. */
  estimated: bigint;
  /** Charges that are its own. */
  direct: bigint;
}

/** A bill, given to who pays for it. @public */
export interface ReconciledBill {
  services: ServiceBill[];
  /** Of machines: capacity that nobody used, and workloads of no service. */
  idle: bigint;
  /** What is not a machine of a cluster and nobody says whose it is, with machines that nobody is known to have used. */
  notAllocated: bigint;
}

/**
 * Moves what was allocated at estimated prices to what was billed: what machines
 * of one kind came to, discounts, commitments and credits included, is split as
 * their estimate was. Services, what is nobody's, and what is not allocated sum to
 * the bill, to the micro.
 *
 * @public
 */
export function reconcileBill(
  machines: readonly MachineBill[],
  direct: readonly DirectBill[],
): ReconciledBill {
  const services = new Map<string, ServiceBill>();
  const of = (entityRef: string) => {
    let service = services.get(entityRef);
    if (!service) {
      service = { entityRef, machines: 0n, estimated: 0n, direct: 0n };
      services.set(entityRef, service);
    }
    return service;
  };
  let notAllocated = 0n;
  for (const { micros, estimates } of machines) {
    const weights = estimates.map(estimate =>
      estimate.micros > 0n ? estimate.micros : 0n,
    );
    if (weights.every(weight => weight === 0n)) {
      notAllocated += micros;
    } else {
      splitExactly(micros, weights).forEach((part, index) => {
        const service = of(estimates[index].entityRef);
        service.machines += part;
        service.estimated += estimates[index].micros;
      });
    }
  }
  for (const { entityRef, micros } of direct) {
    if (entityRef === '') {
      notAllocated += micros;
    } else {
      of(entityRef).direct += micros;
    }
  }
  const idle = services.get('')?.machines ?? 0n;
  services.delete('');
  return { services: [...services.values()], idle, notAllocated };
}
