import { CADVISOR, KSM, node, pod, usage } from '../cluster';
import { FROM, Pace, sampled, Series, series, TO } from '../series';
import { assertComplete, assertWebIsRight } from './right';
import { Cases } from './types';

/** `up` of the kubelet's paths, as kube-prometheus and OpenShift scrape them. */
function kubeletUp(paces: Record<string, number>): Series[] {
  return Object.entries(paces).map(([path, every]) =>
    series(
      'up',
      { job: 'kubelet', metrics_path: path, instance: '10.0.1.1:10250' },
      sampled({ every, phase: 1 }, 1),
    ),
  );
}

const SHIPPED = {
  '/metrics': 30,
  '/metrics/cadvisor': 30,
  '/metrics/probes': 30,
  '/metrics/slis': 5,
};

/** Time stamps of cAdvisor's own: a reading as far from the last as housekeeping made it. */
function housekeeping(usual: number, jitter: number): Pace['every'][] {
  const gaps: number[] = [];
  for (let at = FROM, index = 0; at < TO; index++) {
    const gap = usual + jitter * Math.sin(index * 12.9898);
    gaps.push(gap);
    at += gap;
  }
  return gaps;
}

function withOwnClock(all: Series[], usual: number, jitter: number): Series[] {
  const gaps = housekeeping(usual, jitter);
  return all.map(one => {
    const rate = one.metric.startsWith('container_cpu') ? 0.5 : 0;
    const [[firstAt, firstValue]] = one.samples;
    let at = firstAt;
    const samples = gaps.flatMap((gap): Series['samples'] => {
      at += gap;
      return at < TO ? [[at, firstValue + rate * (at - firstAt)]] : [];
    });
    return { ...one, samples };
  });
}

const right = (all: Series[]) => ({
  series: all,
  check: (seen: Parameters<typeof assertWebIsRight>[0]) => {
    assertWebIsRight(seen);
    assertComplete(seen);
  },
});

const withoutPath = (labels: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries(labels).filter(([label]) => label !== 'metrics_path'),
  );

export const time: Cases = {
  'one job scrapes four paths of the kubelet at their shipped intervals': right(
    [...node(), ...pod(), ...usage(), ...kubeletUp(SHIPPED)],
  ),
  'the same without the label metrics_path': right([
    ...node(),
    ...pod(),
    ...usage({
      exporter: { ...CADVISOR, labels: withoutPath(CADVISOR.labels) },
    }),
    ...kubeletUp(SHIPPED),
  ]),
  '/metrics/resource every 10 s beside cAdvisor every 30 s': right([
    ...node(),
    ...pod(),
    ...usage(),
    ...usage({
      exporter: {
        every: 10,
        phase: 3,
        labels: { ...CADVISOR.labels, metrics_path: '/metrics/resource' },
      },
      id: '',
      name: '',
    }).filter(({ labels }) => delete labels.id && delete labels.name),
  ]),
  '/metrics/resource and cAdvisor in one job without paths': right([
    ...node(),
    ...pod(),
    ...usage({
      exporter: { ...CADVISOR, labels: withoutPath(CADVISOR.labels) },
    }),
    ...usage({
      exporter: {
        every: 10,
        phase: 3,
        labels: withoutPath(CADVISOR.labels),
      },
    }).filter(({ labels }) => delete labels.id && delete labels.name),
  ]),
  ...Object.fromEntries(
    [
      [15, 4],
      [20, 9],
      [25, 4.9],
      [60, 20],
    ].map(([usual, jitter]) => [
      `cAdvisor's own time stamps ${usual - jitter} to ${
        usual + jitter
      } s apart`,
      right([
        ...node(),
        ...pod(),
        ...withOwnClock(usage(), usual, jitter),
        ...kubeletUp({ '/metrics/cadvisor': 10 }),
      ]),
    ]),
  ),
  ...Object.fromEntries(
    [5, 10, 15, 30, 45, 60, 90, 120].map(every => [
      `everything every ${every} s`,
      right([
        ...node({ exporter: { ...KSM, every } }),
        ...pod({ exporter: { ...KSM, every } }),
        ...usage({ exporter: { ...CADVISOR, every } }),
      ]),
    ]),
  ),
  'the interval changes from 60 to 30 s between two hours': right(
    [60, 30].flatMap(every => {
      const span =
        every === 60 ? { from: FROM, to: 3600 } : { from: 3600, to: TO };
      const ksm = { ...KSM, every, ...span };
      const cadvisor = { ...CADVISOR, every, ...span };
      return [
        ...node({ exporter: ksm }),
        ...pod({ exporter: ksm }),
        ...usage({ exporter: cadvisor }),
      ];
    }),
  ),
  'the interval changes in the middle of an hour': right(
    [60, 15].flatMap(every => {
      const span =
        every === 60 ? { from: FROM, to: 5400 } : { from: 5400, to: TO };
      const ksm = { ...KSM, every, ...span };
      const cadvisor = { ...CADVISOR, every, ...span };
      return [
        ...node({ exporter: ksm }),
        ...pod({ exporter: ksm }),
        ...usage({ exporter: cadvisor }),
      ];
    }),
  ),
};
