import { ContainerRequest, BilledSize } from './billedSize';

/** Requests come as means of an hour: so much off a step is how they were measured. */
const TOLERANCE = 0.005;

/**
 * The size Azure bills a container group by. The virtual-kubelet asks for each
 * container's request, in steps of 0.01 core and 0.1 GB and rounded down, or for
 * 1 core and 1.5 GB where it has none (virtual-kubelet/azure-aci,
 * `pkg/provider/aci.go`). Azure bills whole vCPUs of the group
 * (MicrosoftDocs/azure-docs#66379) and its memory.
 */
export function containerGroupSize(
  containers: readonly ContainerRequest[],
): BilledSize {
  let cpuCores = 0;
  let memoryGib = 0;
  for (const { cpuCores: cpu, memoryBytes: memory } of containers) {
    cpuCores += cpu ? Math.max(0.01, down(cpu, 0.01)) : 1;
    memoryGib += memory ? Math.max(0.1, down(memory / 1e9, 0.1)) : 1.5;
  }
  return {
    cpuCores: Math.ceil(cpuCores * (1 - TOLERANCE)),
    memoryGib: Number(memoryGib.toFixed(1)),
  };
}

function down(quantity: number, step: number): number {
  return Math.floor((quantity / step) * (1 + TOLERANCE)) * step;
}
