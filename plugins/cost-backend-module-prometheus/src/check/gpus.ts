import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { GPU_METRICS } from '../reading/gpuMetrics';
import { countText, listText } from '../reading/text';
import { namesOf } from './presence';
import { Parts } from './parts';

/** Pods that are exporters, not holders of a GPU. */
const EXPORTER = /dcgm|gpu-exporter|gpu-operator|gpu-monitor/i;

/** Whether GPUs are measured, by what, and for whom. */
export function checkGpus(series: PrometheusSeries[]): CheckFinding[] {
  const parts = Parts.read(series);
  const devices = parts.number('devices');
  const present = namesOf(parts.of('readings'));
  const has = countText(devices, 'GPU');
  if (devices === 0 && present.size === 0) {
    return [
      {
        id: 'gpus',
        severity: 'right',
        sentence: 'Nodes have no NVIDIA GPUs, so none need to be measured.',
      },
    ];
  }
  if (present.size === 0) {
    return [
      {
        id: 'gpus',
        severity: 'missing',
        sentence: `Nodes have ${has}, and nothing comes from DCGM.`,
        effect:
          'GPUs are charged as they are reserved; whether they work is not known, and there is no advice on them.',
        mend: {
          where: 'Values of the GPU operator, with a scrape of its exporter',
          line: 'dcgmExporter: { enabled: true, serviceMonitor: { enabled: true, honorLabels: true } }',
        },
      },
    ];
  }
  return [
    checkCounters(present, devices, has),
    ...checkHolders(parts.of('holders')),
  ];
}

function checkCounters(
  present: Set<string>,
  devices: number,
  has: string,
): CheckFinding {
  const best = GPU_METRICS.find(({ metric }) => present.has(metric));
  const of = devices > 0 ? `${has} of nodes` : 'GPUs that no node reports';
  return best?.profiling
    ? {
        id: 'gpus',
        severity: 'right',
        sentence: `The use of ${of} is measured by ${best.metric}.`,
      }
    : {
        id: 'gpus',
        severity: 'note',
        sentence: `The use of ${of} is measured by ${listText([
          ...present,
        ])} alone.`,
        effect:
          'It says whether any kernel ran, not how much of the device it used: nearly idle devices look busy, and verdicts are often unknown.',
        mend: {
          where:
            'The metrics file of dcgm-exporter (data center GPUs since Volta)',
          line: 'DCGM_FI_PROF_SM_ACTIVE, gauge, Ratio of cycles in which a warp was assigned to an SM',
        },
      };
}

function checkHolders(holders: PrometheusSeries[]): CheckFinding[] {
  const own = holders.filter(
    ({ labels }) => !labels.exported_pod && EXPORTER.test(labels.pod ?? ''),
  );
  return own.length > 0
    ? [
        {
          id: 'gpu-holders',
          severity: 'note',
          sentence: `Readings of GPUs name the exporter's own pod: ${listText(
            own.map(({ labels }) => labels.pod),
          )}.`,
          effect:
            'That is not taken for a holder; whose a GPU is must be told from reservations, which can’t be done where several pods share a board.',
          mend: {
            where: 'The ServiceMonitor of dcgm-exporter',
            line: 'honorLabels: true',
          },
        },
      ]
    : [];
}
