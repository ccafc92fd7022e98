import { WorkloadRef } from '@headroom/common';

/** Kinds whose name alone means another resource: a Service that has pods is one of Knative. */
const RESOURCES: Record<string, string> = {
  Service: 'services.serving.knative.dev',
};

/** What kubectl calls a workload. */
export function kubectlName({
  kind,
  name,
}: Pick<WorkloadRef, 'kind' | 'name'>): string {
  return `${RESOURCES[kind] ?? kind.toLocaleLowerCase('en-US')}/${name}`;
}
