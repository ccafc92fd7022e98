import { FieldChange, parseQuantity } from '@headroom/common';
import { TemplateContainer, TemplateObject } from './TemplateObject';

/** As text; null = it isn't set. */
export function quantityOf(
  { resources }: TemplateContainer,
  part: 'requests' | 'limits',
  resource: string,
): string | null {
  const value = resources?.[part]?.[resource];
  return value === undefined ? null : String(value);
}

/** `1` and `1000m` are the same: nothing rolls out for a spelling. */
export function sameQuantity(
  before: string | null,
  after: string | null,
): boolean {
  if (before === null || after === null || before === after) {
    return before === after;
  }
  const was = parseQuantity(before);
  return was !== undefined && was === parseQuantity(after);
}

/**
 * Whether a workload has the quantities that changes of its template want, however
 * they are spelled.
 *
 * @public
 */
export function hasQuantities(
  { containers, initContainers }: TemplateObject,
  changes: readonly FieldChange[],
): boolean {
  return changes.every(({ path, after }) => {
    const [list, element, , part, resource] = path.slice(-5);
    const container = (
      list === 'initContainers' ? initContainers : containers
    ).find(({ name }) => element === `[name=${name}]`);
    return (
      container !== undefined &&
      (part === 'requests' || part === 'limits') &&
      (after === null || typeof after === 'string') &&
      sameQuantity(quantityOf(container, part, resource), after)
    );
  });
}
