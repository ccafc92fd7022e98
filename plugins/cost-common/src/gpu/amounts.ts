import { isGpuResource } from '@headroom/common';
import { labelOf } from './labelOf';
import { positive } from './nodeFacts';

/**
 * Schedulers whose pods ask for so much of boards' cores and memory, and for no
 * board: what a unit is of one board is told by what the node has of it.
 *
 * - gpushare of Alibaba Cloud's ACK (AliyunContainerService/gpushare-device-plugin,
 *   kubeflow/arena): memory in GiB or MiB as it is started with, the node's boards as
 *   a resource, hundredths of a board's cores.
 * - gpu-manager (tkestack/gpu-manager) and qGPU of Tencent's TKE: hundredths of a
 *   board's cores, memory in blocks of 256 MiB, of qGPU in GiB.
 * - Huawei's dynamic vNPU (MindCluster): cores, of which a chip has as many as its
 *   model, with no memory to ask for.
 */
const SCHEDULERS: ReadonlyArray<{
  boards?: RegExp;
  percent?: RegExp;
  /** Whether the node offers 100 of them a board. */
  percentCounts?: boolean;
  memory?: RegExp;
  cores?: RegExp;
}> = [
  {
    boards: /^aliyun[._]com[/_]gpu[-_]count$/i,
    percent: /^aliyun[._]com[/_]gpu[-_]core[._]percentage$/i,
    memory: /^aliyun[._]com[/_]gpu[-_]mem$/i,
  },
  {
    percent: /^tencent[._]com[/_]vcuda[-_]core$/i,
    percentCounts: true,
    memory: /^tencent[._]com[/_]vcuda[-_]memory$/i,
  },
  {
    percent: /^tke[._]cloud[._]tencent[._]com[/_]qgpu[-_]core$/i,
    percentCounts: true,
    memory: /^tke[._]cloud[._]tencent[._]com[/_]qgpu[-_]memory$/i,
  },
  { cores: /^huawei[._]com[/_]npu[-_]core$/i },
];

const ALIYUN_BOARDS = 'aliyun.accelerator/nvidia_count';
/** What a chip has of AI cores, where its model says it. */
const CORES_OF_CHIP: Array<[model: RegExp, cores: number]> = [[/310P/i, 8]];
const CHIP_LABELS = ['node.kubernetes.io/npu.chip.name', 'accelerator'];

/** Units by resource name. */
type Quantities = Readonly<Record<string, number>>;

/** An amount of boards under the name of its resource. */
export interface Amount {
  resource: string;
  units: number;
  /** Units of one board; undefined = as many as the node has, by its boards. */
  perBoard?: number;
}

/** What a node offers, or a container asks for, of one scheduler. */
export interface Amounts {
  /** Boards, where the same scheduler counts them. */
  boards?: number;
  amounts: Amount[];
}

/** @returns undefined where no scheduler's amounts are among the resources */
export function readAmounts(
  quantities: Quantities,
  labels: Readonly<Record<string, string>> = {},
): Amounts | undefined {
  for (const { boards, percent, percentCounts, memory, cores } of SCHEDULERS) {
    const find = (name: RegExp | undefined) =>
      name &&
      Object.entries(quantities).find(
        ([resource, units]) => units > 0 && name.test(resource),
      );
    const found = [
      amountOf(find(percent), 100),
      amountOf(find(cores), coresOfChip(labels)),
      amountOf(find(memory)),
    ].filter(each => each !== undefined);
    if (found.length > 0) {
      const [hundredths] = percentCounts ? found : [];
      return {
        boards:
          find(boards)?.[1] ??
          (boards && positive(labelOf(labels, ALIYUN_BOARDS))) ??
          (hundredths?.perBoard && hundredths.units / hundredths.perBoard),
        amounts: found,
      };
    }
  }
  return undefined;
}

/**
 * Whether a resource is a device, or an amount of one that is asked for without a
 * device (`aliyun.com/gpu-mem`, `tencent.com/vcuda-core`).
 *
 * @public
 */
export function asksForGpu(resource: string): boolean {
  return (
    isGpuResource(resource) || readAmounts({ [resource]: 1 }) !== undefined
  );
}

function amountOf(
  entry: [resource: string, units: number] | undefined,
  perBoard?: number,
): Amount | undefined {
  return entry && { resource: entry[0], units: entry[1], perBoard };
}

function coresOfChip(
  labels: Readonly<Record<string, string>>,
): number | undefined {
  const said = CHIP_LABELS.map(label => labelOf(labels, label) ?? '').join(' ');
  return CORES_OF_CHIP.find(([model]) => model.test(said))?.[1];
}
