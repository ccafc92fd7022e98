import { BoardCount, nameOf, NodeFacts, stranded } from './nodeFacts';
import { wordGpuLayout } from './messages';
import type { GpuLayoutProblem, GpuNodeLayout, GpuResource } from './gpuLayout';
import { isVirtual, virtualMemory, virtualSharing } from './virtualNames';

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
  { name: type, boards: count }: BoardCount,
): GpuLayoutProblem[] {
  const boards = wordGpuLayout('boards', { count });
  const resources = gpus.map(([resource]) => resource).join(', ');
  if (units > count) {
    return [
      {
        code: 'gpu-count-missing',
        ...wordGpuLayout('countMissingOfType', {
          type,
          boards,
          units,
          resources,
          share: `${count}/${units}`,
        }),
      },
    ];
  }
  return units < count
    ? [
        {
          code: 'gpu-resource-missing',
          ...(units === 0
            ? wordGpuLayout('notOffered', { type, boards })
            : wordGpuLayout('notAllOffered', {
                type,
                boards,
                units,
                resources,
              })),
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
              ...wordGpuLayout('countMissingAsOffered', { units: boards }),
            },
          ]
        : [],
  };
}
