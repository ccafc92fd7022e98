import { parseQuantity } from '@headroom/common';
import { RunningPod, TemplateContainer } from './TemplateObject';

const COMPUTED = ['cpu', 'memory'] as const;

/**
 * The class of service of a pod, as Kubernetes works it out of what its containers ask
 * for: `Guaranteed` where each of them requests exactly what it may use of CPU and of
 * memory (what has a limit and no request requests its limit), `BestEffort` where none
 * asks for anything, else `Burstable`.
 */
export function qosClassOf({
  containers,
  initContainers,
}: Pick<RunningPod, 'containers' | 'initContainers'>): string {
  const all = [...initContainers, ...containers];
  if (!all.some(asksForAnything)) {
    return 'BestEffort';
  }
  return all.every(isExact) ? 'Guaranteed' : 'Burstable';
}

function asksForAnything({ resources = {} }: TemplateContainer): boolean {
  return [resources.requests, resources.limits].some(part =>
    COMPUTED.some(resource => (parseQuantity(part?.[resource]) ?? 0) > 0),
  );
}

function isExact({ resources = {} }: TemplateContainer): boolean {
  return COMPUTED.every(resource => {
    const limit = parseQuantity(resources.limits?.[resource]);
    const request = parseQuantity(resources.requests?.[resource]) ?? limit;
    return limit !== undefined && limit > 0 && request === limit;
  });
}
