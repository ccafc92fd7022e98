import { LabelMatcher, Selector } from '@headroom/plugin-clusters-node';

/** PromQL text of a selector, with the matchers of the cluster. */
export type Select = (selector: Selector) => string;

export function matching(
  metric: string | string[],
  ...matchers: LabelMatcher[]
): Selector {
  return { metric, matchers };
}

export function like(label: string, value: string): LabelMatcher {
  return { label, operator: '=~', value };
}

export function not(label: string, value: string): LabelMatcher {
  return { label, operator: '!=', value };
}

/**
 * Resources of requests and node capacities that are charged. Devices are named
 * by their vendor's domain, `nvidia_com_gpu`, `amd_com_cpx_nps1` and so on:
 * whatever a vendor of accelerators offers is asked for, and `isGpuResource`
 * tells which of it are devices.
 */
export const CHARGED_RESOURCES = [
  'cpu',
  'memory',
  // HAMi's and Volcano's cores and memory are no devices, but say how much of one is asked for.
  '(nvidia|amd|gpu_intel|huawei|cambricon|metax_tech|mthreads|enflame|hygon|kunlunxin)_com_.*',
  '(habana|iluvatar)_ai_.*',
  'google_com_tpu',
  'aws_amazon_com_neuron.*',
  'k8s_amazonaws_com_vgpu',
  'volcano_sh_v?gpu.*',
  // Amounts of boards that are asked for without a board.
  'aliyun_com_gpu_(mem|count|core_percentage)',
  '(tencent_com_vcuda|tke_cloud_tencent_com_qgpu)_(core|memory)',
].join('|');

/** Workload labels, plain and as Prometheus renames them when a target has its own. */
export const IDENTITY =
  'namespace, pod, container, exported_namespace, exported_pod, exported_container';

/**
 * Containers as cAdvisor reports them: neither pod sandboxes nor cgroups above,
 * unless the target's own `container` stands in its place.
 */
export function cadvisor(metric: string): Selector {
  return matching(
    metric,
    { label: 'container', operator: '!~', value: '|POD' },
    not('exported_container', 'POD'),
    ...(metric.startsWith('container_cpu') ? [like('cpu', '|total')] : []),
  );
}
