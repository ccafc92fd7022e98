import { Decimal } from './Decimal';
import { roundTogether } from './roundTogether';

/** What machines of one kind of a cluster were billed, and who used them. @public */
export interface MachineBill {
  cluster: string;
  region: string;
  capacityType: string;
  /** What their charges came to. */
  micros: bigint;
  /**
   * Who pays how much of them, and had how much of them at estimated prices, by service;
   * `''` is capacity and workloads of no service. What they don't sum to was billed for
   * machines that nobody is known to have had.
   */
  parts: ReadonlyArray<{
    entityRef: string;
    amount: Decimal;
    estimated: bigint;
  }>;
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
 * Gives a bill to who pays for it: of machines the parts that are known, of other charges
 * whose they are. Services, what is nobody's, and what is not allocated sum to the bill,
 * to the micro.
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
  for (const { micros, parts } of machines) {
    const amounts = roundTogether(parts.map(({ amount }) => amount));
    let rest = amounts.reduce((left, amount) => left - amount, micros);
    // What rounding alone left is the first's: nobody is to wonder at a micro.
    if (amounts.length > 0 && (rest === 1n || rest === -1n)) {
      amounts[0] += rest;
      rest = 0n;
    }
    notAllocated += rest;
    parts.forEach(({ entityRef, estimated }, index) => {
      const service = of(entityRef);
      service.machines += amounts[index];
      service.estimated += estimated;
    });
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
