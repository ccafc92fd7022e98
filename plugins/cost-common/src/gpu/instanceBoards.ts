import {
  INSTANCE_FAMILIES,
  INSTANCE_TYPES,
  InstanceBoards,
} from './instanceBoards.data';

const BY_TYPE = new Map<string, InstanceBoards>([
  ...Object.entries(INSTANCE_TYPES),
  ...Object.entries(INSTANCE_FAMILIES).flatMap(([family, { model, sizes }]) =>
    Object.entries(sizes).map(([size, boards]): [string, InstanceBoards] => [
      `${family}.${size}`,
      { boards, model },
    ]),
  ),
]);

/** Accelerators of an instance type; undefined = it has none, or isn't known. @internal */
export function boardsOfInstance(
  instanceType: string | undefined,
): InstanceBoards | undefined {
  return BY_TYPE.get(instanceType ?? '');
}
