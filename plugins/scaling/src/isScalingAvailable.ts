import { Entity } from '@backstage/catalog-model';

/**
 * Whether a tab Scaling makes sense for an entity: Components. For
 * `EntitySwitch` and `EntityLayout.Route` in a portal on the legacy system.
 *
 * @public
 */
export function isScalingAvailable(entity: Entity): boolean {
  return entity.kind.toLocaleLowerCase('en-US') === 'component';
}
