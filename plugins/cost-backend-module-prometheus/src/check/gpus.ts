import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding, wordAll } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
import { GPU_METRICS } from '../promql/gpuMetrics';
import { counted } from './counted';
import { namesOf } from './presence';
import { Parts } from './parts';

/** Pods that are exporters, not holders of a GPU. */
const EXPORTER = /dcgm|gpu-exporter|gpu-operator|gpu-monitor/i;

/** Whether GPUs are measured, by what, and for whom. */
export function checkGpus(series: PrometheusSeries[]): WordedFinding[] {
  const parts = Parts.read(series);
  const devices = parts.number('devices');
  const present = namesOf(parts.of('readings'));
  const has = counted('gpus', devices);
  if (devices === 0 && present.size === 0) {
    return [
      {
        id: 'gpus',
        severity: 'right',
        sentence: word('gpusNone'),
      },
    ];
  }
  if (present.size === 0) {
    return [
      {
        id: 'gpus',
        severity: 'missing',
        sentence: word('gpusUnmeasured', { gpus: has }),
        effect: word('gpusUnmeasuredEffect'),
        mend: {
          where: word('gpusUnmeasuredWhere'),
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
  has: Worded,
): WordedFinding {
  const best = GPU_METRICS.find(({ metric }) => present.has(metric));
  const gpus =
    devices > 0 ? word('gpusOfNodes', { gpus: has }) : word('gpusOfNobody');
  return best?.profiling
    ? {
        id: 'gpus',
        severity: 'right',
        sentence: word('gpusMeasured', { gpus, metric: best.metric }),
      }
    : {
        id: 'gpus',
        severity: 'note',
        sentence: word('gpusByUtilisation', {
          gpus,
          metrics: wordAll([...present]),
        }),
        effect: word('gpusByUtilisationEffect'),
        mend: {
          where: word('gpusByUtilisationWhere'),
          line: 'DCGM_FI_PROF_SM_ACTIVE, gauge, Ratio of cycles in which a warp was assigned to an SM',
        },
      };
}

function checkHolders(holders: PrometheusSeries[]): WordedFinding[] {
  const own = holders.filter(
    ({ labels }) => !labels.exported_pod && EXPORTER.test(labels.pod ?? ''),
  );
  return own.length > 0
    ? [
        {
          id: 'gpu-holders',
          severity: 'note',
          sentence: word('gpuHolders', {
            pods: wordAll(own.map(({ labels }) => labels.pod)),
          }),
          effect: word('gpuHoldersEffect'),
          mend: {
            where: word('gpuHoldersWhere'),
            line: 'honorLabels: true',
          },
        },
      ]
    : [];
}
