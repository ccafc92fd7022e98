import { ContainerSpec, isGpuResource, parseQuantity } from '@headroom/common';
import { Container } from '../objects';

/** Requests and limits of a container, in cores, bytes and devices. @internal */
export function containerSpec({ resources, image }: Container): ContainerSpec {
  // Who writes null means nothing.
  const requests = resources?.requests ?? {};
  const limits = resources?.limits ?? {};
  const spec: ContainerSpec = {
    cpuRequestCores: parseQuantity(requests.cpu),
    cpuLimitCores: parseQuantity(limits.cpu),
    memoryRequestBytes: parseQuantity(requests.memory),
    memoryLimitBytes: parseQuantity(limits.memory),
    gpus: gpusOf({ ...limits, ...requests }),
    image,
  };
  return withoutUndefined(spec);
}

function gpusOf(
  quantities: Record<string, string>,
): Record<string, number> | undefined {
  const gpus = Object.entries(quantities).flatMap(([name, quantity]) => {
    const count = isGpuResource(name) ? parseQuantity(quantity) : undefined;
    return count ? [[name, count] as const] : [];
  });
  return gpus.length > 0 ? Object.fromEntries(gpus) : undefined;
}

/** Absent means not set: no keys without a value. @internal */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined),
  ) as T;
}
