import { unitSlip } from './promqlUnits';

const latency =
  'histogram_quantile(0.95, sum by (le) (rate(x_seconds_bucket[5m])))';

it.each([
  [`${latency} > 500`, 'x_seconds', 'seconds'],
  [
    'up == 1 and avg(node_ratio{a="b/c"}) > bool 80',
    'node_ratio',
    'a part of 1',
  ],
  ['avg(DCGM_FI_PROF_SM_ACTIVE) < 5', 'DCGM_FI_PROF_SM_ACTIVE', 'a part of 1'],
  ['avg(DCGM_FI_DEV_GPU_UTIL) < 0.05', 'DCGM_FI_DEV_GPU_UTIL', 'percent'],
  ['DCGM_FI_DEV_FB_USED > 7e10', 'DCGM_FI_DEV_FB_USED', 'MiB'],
  [
    '(container_memory_working_set_bytes > 512)',
    'container_memory_working_set_bytes',
    'bytes',
  ],
])('%s is of another unit', (expression, metric, unit) => {
  expect(unitSlip(expression)).toMatchObject({ metric, unit });
});

it.each([
  `${latency} > 0.5`,
  `${latency} * 1000 > 500`,
  'time() - x_timestamp_seconds > 172800',
  'avg(node_ratio) > 0.8',
  'DCGM_FI_PROF_SM_ACTIVE < 0.05',
  'DCGM_FI_DEV_GPU_UTIL < 5 and DCGM_FI_DEV_GPU_UTIL > 0',
  'container_memory_working_set_bytes / 1048576 > 512',
  'container_memory_working_set_bytes > 536870912',
  'container_memory_working_set_bytes > 0',
  'a > on (b) c',
  '',
])('%s is not', expression => {
  expect(unitSlip(expression)).toBeUndefined();
});
