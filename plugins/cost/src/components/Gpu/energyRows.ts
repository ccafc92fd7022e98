import { GpuEnergy, GpuReport } from '@headroom/plugin-cost-common';

/** What energy is grouped by. */
export const ENERGY_GROUPS = ['workload', 'service'] as const;

/** One of {@link ENERGY_GROUPS}. */
export type EnergyGroup = (typeof ENERGY_GROUPS)[number];

/** What became of energy that no listed workload took. */
export type EnergyRest = 'others' | 'idle' | 'ownerUnknown' | 'stranded';

/** One line of the table of energy. */
export interface EnergyRow {
  id: string;
  /** `namespace/workload`, or the service. */
  name?: string;
  container?: string;
  cluster?: string;
  entityRef?: string;
  rest?: EnergyRest;
  energy: GpuEnergy;
}

type EnergyReport = NonNullable<GpuReport['energy']>;

/**
 * Energy by workload or service, and what is left: what others held who aren't
 * listed, and what nobody did. The rows sum to the total.
 */
export function energyRows(
  report: EnergyReport,
  group: EnergyGroup,
): EnergyRow[] {
  const named =
    group === 'service'
      ? report.services.map(({ entityRef, ...energy }) => ({
          id: entityRef,
          entityRef,
          name: entityRef,
          energy,
        }))
      : report.workloads.map(
          ({
            cluster,
            namespace,
            workloadKind,
            workload,
            container,
            entityRef,
            ...energy
          }) => ({
            id: JSON.stringify([
              cluster,
              namespace,
              workloadKind,
              workload,
              container,
            ]),
            name: `${namespace}/${workload}`,
            container,
            cluster,
            entityRef,
            energy,
          }),
        );
  const rest: Array<[EnergyRest, GpuEnergy]> = [
    ['others', without(report.held, named)],
    ['idle', report.idle],
    ['ownerUnknown', report.ownerUnknown],
    ['stranded', report.stranded],
  ];
  return [
    ...named,
    ...rest
      .filter(([, { deviceHours }]) => deviceHours > 1e-6)
      .map(([id, energy]) => ({ id, rest: id, energy })),
  ];
}

/** What the rows leave over of all that was held. */
function without(held: GpuEnergy, rows: readonly EnergyRow[]): GpuEnergy {
  const rest = { ...held };
  let micros = BigInt(held.micros ?? 0);
  for (const { energy } of rows) {
    rest.kilowattHours = Math.max(0, rest.kilowattHours - energy.kilowattHours);
    rest.deviceHours = Math.max(0, rest.deviceHours - energy.deviceHours);
    rest.knownHours = Math.max(0, rest.knownHours - energy.knownHours);
    micros -= BigInt(energy.micros ?? 0);
  }
  return held.micros === undefined
    ? rest
    : { ...rest, micros: (micros > 0n ? micros : 0n).toString() };
}
