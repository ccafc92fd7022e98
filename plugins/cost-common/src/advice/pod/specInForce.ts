import { ContainerSpec, ResourceSpec } from '@headroom/common';
import { AdviceFacts } from '../types';

const QUANTITIES = [
  'cpuRequestCores',
  'cpuLimitCores',
  'memoryRequestBytes',
  'memoryLimitBytes',
] as const;

/**
 * Requests and limits in force: what the source of usage says, and what the pod
 * template sets where that says nothing. Metrics of containers leave out init
 * containers, native sidecars among them; of one that only starts they say what
 * it had on average.
 *
 * @param measured - of the newest digest; undefined = not known
 */
export function specInForce(
  measured: ContainerSpec | undefined,
  facts: Pick<AdviceFacts, 'role' | 'spec'> | undefined,
): ContainerSpec | undefined {
  if (!measured || !facts) {
    return measured;
  }
  const spec = { ...measured };
  for (const name of QUANTITIES) {
    const said = facts.spec[name];
    if (
      said !== undefined &&
      (spec[name] === undefined || facts.role === 'init')
    ) {
      spec[name] = said;
    }
  }
  return spec;
}

/** A limit without a request is the request too, as the API server has it. */
export function withRequests<T extends ResourceSpec>(spec: T): T {
  return {
    ...spec,
    cpuRequestCores: spec.cpuRequestCores ?? spec.cpuLimitCores,
    memoryRequestBytes: spec.memoryRequestBytes ?? spec.memoryLimitBytes,
  };
}
