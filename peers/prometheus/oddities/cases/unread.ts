import assert from 'node:assert/strict';
import { node, pod, usage } from '../cluster';
import { chargeOf, problemsOf, Seen } from '../observe';
import { HOURS, Series } from '../series';
import { assertClose } from './right';
import { Cases } from './types';

const CPU = 'container_cpu_usage_seconds_total';

/** CPU as it is told of each of two CPUs, and not of both together. */
const byCpu = () =>
  usage().flatMap(one =>
    one.metric === CPU
      ? ['cpu00', 'cpu01'].map(cpu => ({
          ...one,
          labels: { ...one.labels, cpu },
          samples: one.samples.map(([at, value]): [number, number] => [
            at,
            value / 2,
          ]),
        }))
      : [one],
  );

/** What a runtime that cAdvisor does not know leaves: cgroups without a container. */
const nameless = () =>
  usage().map(one => {
    const { container: _container, name: _name, ...labels } = one.labels;
    return { ...one, labels };
  });

const says = (
  series: Series[],
  code: string,
  message: RegExp,
  gib: number,
) => ({
  series: [...node(), ...pod(), ...series],
  check: (seen: Seen) => {
    for (let hour = 0; hour < HOURS; hour++) {
      assert.deepEqual(problemsOf(seen, hour), [code]);
      assertClose(chargeOf(seen, hour, 'web').gibHours, gib, 'GiB-hours');
      assertClose(chargeOf(seen, hour, 'web').coreHours, 1, 'core-hours');
    }
    for (const problem of seen.observations.problems) {
      assert.match(problem.message, message);
    }
    assert.ok(seen.observations.queries <= 15);
  },
});

export const unreadUsage: Cases = {
  'cAdvisor is scraped and knows no containers': says(
    nameless(),
    'no-usage',
    /is scraped, but does not say.*label container is empty.*cri-dockerd.*containerd/,
    2,
  ),
  'CPU is told of each CPU alone': says(
    byCpu(),
    'no-cpu-usage',
    /by single CPUs only.*percpu among its --disable_metrics/,
    4,
  ),
  'CPU is told of each CPU alone, and no memory': says(
    byCpu().filter(({ metric }) => metric === CPU),
    'no-usage',
    /no memory of containers.*by single CPUs only.*--disable_metrics/,
    2,
  ),
  'nothing comes from cAdvisor': says(
    [],
    'no-usage',
    /nothing from cAdvisor.*metrics\/cadvisor of the kubelets/,
    2,
  ),
};
