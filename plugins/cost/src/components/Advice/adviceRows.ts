import { AdviceRow, AdviceReasonCode } from '@headroom/plugin-cost-common';

/** Entity name, workload and container as one looks for them. */
export function rowText(row: AdviceRow): string {
  const { workload, container, cluster, entityRef = '' } = row;
  return [
    workload.name,
    container,
    workload.kind,
    workload.namespace,
    cluster,
    entityRef,
  ].join(' ');
}

/** `akidb-rest` or, where the container is called otherwise, `akidb-rest / app`. */
export function rowName(
  row: Pick<AdviceRow, 'workload' | 'container'>,
): string {
  return row.container === row.workload.name
    ? row.container
    : `${row.workload.name} / ${row.container}`;
}

/** Each reason once, whichever resources it is of. */
export function reasonCodes(
  row: Pick<AdviceRow, 'reasons'>,
): AdviceReasonCode[] {
  return [...new Set(row.reasons.map(({ code }) => code))];
}
