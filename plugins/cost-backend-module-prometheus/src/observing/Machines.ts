import { NodeRecord, NodeRecords } from './nodes';
import { Machine } from './usage/usageOfRun';

const NO_MACHINE: Machine = { cpuCores: 0, memoryBytes: 0 };

/** What the nodes of a window can do at most, to judge readings by. */
export class Machines {
  readonly #byNode: Map<string, Machine>;
  readonly #largest: Machine;

  static of(nodes: NodeRecords): Machines {
    return new Machines(
      new Map([...nodes].map(([name, record]) => [name, machineOf(record)])),
    );
  }

  private constructor(byNode: Map<string, Machine>) {
    this.#byNode = byNode;
    this.#largest = [...byNode.values()].reduce(larger, NO_MACHINE);
  }

  /** The larger of some nodes, else the largest of all; a capacity nobody says bounds nothing. */
  largestOf(nodes: Iterable<string>): Machine {
    const own = [...nodes]
      .map(node => this.#byNode.get(node) ?? this.#largest)
      .reduce(larger, NO_MACHINE);
    const { cpuCores, memoryBytes } = own.cpuCores > 0 ? own : this.#largest;
    return {
      cpuCores: cpuCores || Infinity,
      memoryBytes: memoryBytes || Infinity,
    };
  }
}

/** The largest machine that had the node's name, also when it had it for a part of an hour. */
function machineOf({ capacity, highest }: NodeRecord): Machine {
  return [...capacity, ...highest].reduce<Machine>(
    (most, { cpu = 0, memory = 0 } = {}) =>
      larger(most, { cpuCores: cpu, memoryBytes: memory }),
    NO_MACHINE,
  );
}

function larger(left: Machine, right: Machine): Machine {
  return {
    cpuCores: Math.max(left.cpuCores, right.cpuCores),
    memoryBytes: Math.max(left.memoryBytes, right.memoryBytes),
  };
}
