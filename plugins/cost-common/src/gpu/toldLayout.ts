import { BoardCount, nameOf, NodeFacts, stranded } from './nodeFacts';
import type { GpuLayoutProblem, GpuNodeLayout, GpuResource } from './gpuLayout';
import { isVirtual, virtualMemory, virtualSharing } from './virtualNames';

const LABELS =
  'start kube-state-metrics with --metric-labels-allowlist=nodes=[*], and GPU feature discovery where labels nvidia.com/* are missing';
const PLUGIN =
  "is the device plugin running, all boards healthy, and the resource one of an accelerator's vendor? (GPUs that are given by DRA alone are in no capacity, and are charged by their claims)";

/**
 * Boards by the instance type or an exporter, where no label counts them: more units than boards
 * are clients of them, or instances of equal size; of fewer the rest is the node's.
 */
export function toldLayout(facts: NodeFacts, type: BoardCount): GpuNodeLayout {
  const { gpus, units, sharing } = facts;
  const share = Math.min(1, type.boards / units);
  return {
    ...nameOf(facts),
    devices: type.boards,
    resources: Object.fromEntries(
      gpus.map(([resource, offered]): [string, GpuResource] => [
        resource,
        share < 1
          ? {
              units: offered,
              share,
              sharing: sharing ?? 'time-slicing',
              replicas: 1 / share,
            }
          : { units: offered, share, sharing: 'whole' },
      ]),
    ),
    strandedDevices: stranded(type.boards, units),
    problems: problemsOf(facts, type),
  };
}

function problemsOf(
  { units, gpus }: NodeFacts,
  { name, boards }: BoardCount,
): GpuLayoutProblem[] {
  const has = `${name} has ${boards} ${boards === 1 ? 'board' : 'boards'}`;
  const names = gpus.map(([resource]) => resource).join(', ');
  if (units > boards) {
    return [
      {
        code: 'gpu-count-missing',
        message: `nvidia.com/gpu.count is missing; ${has}, so each of ${units} units of ${names} is taken as ${boards}/${units} of them. To know how they are shared, ${LABELS}`,
      },
    ];
  }
  return units < boards
    ? [
        {
          code: 'gpu-resource-missing',
          message: `${has} and the node offers ${
            units === 0
              ? 'none, under no name such as nvidia.com/gpu'
              : `${units} of ${names}`
          }, so what the others cost is the node's, and nobody's else; ${PLUGIN}`,
        },
      ]
    : [];
}

/**
 * Boards that a scheduler offers many times, under a name of its own: that name
 * and the vendor's are of the same boards.
 */
export function virtualLayout(facts: NodeFacts): GpuNodeLayout {
  const of = (virtual: boolean) =>
    facts.gpus.filter(([resource]) => isVirtual(resource) === virtual);
  const sum = (gpus: NodeFacts['gpus']) =>
    gpus.reduce((total, [, units]) => total + units, 0);
  const [virtual, plain] = [of(true), of(false)];
  const known = facts.count ?? facts.type?.boards ?? (sum(plain) || undefined);
  const boards = known ?? sum(virtual);
  const memory = virtualMemory(facts.capacity);
  return {
    ...nameOf(facts),
    devices: boards,
    resources: Object.fromEntries(
      facts.gpus.map(([resource, units]): [string, GpuResource] => {
        const isOne = isVirtual(resource);
        const share = Math.min(1, boards / (isOne ? units : sum(plain)));
        const sharing = isOne ? virtualSharing(resource) : undefined;
        return [
          resource,
          {
            units,
            share,
            sharing: sharing ?? (share < 1 ? 'time-slicing' : 'whole'),
            ...(share < 1 && { replicas: 1 / share }),
            ...(sharing === 'fraction' &&
              memory && { memoryUnits: memory / boards }),
          },
        ];
      }),
    ),
    strandedDevices: 0,
    problems:
      known === undefined
        ? [
            {
              code: 'gpu-count-missing',
              message: `GPUs of the node are shared and nvidia.com/gpu.count is missing; ${boards} units are taken as ${boards} devices. To know the boards, ${LABELS}`,
            },
          ]
        : [],
  };
}
