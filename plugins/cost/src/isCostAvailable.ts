import { Entity } from '@backstage/catalog-model';

/**
 * Whether a Cost tab makes sense for an entity: Components, Groups and
 * Resources. For
 * `EntitySwitch` and `EntityLayout.Route` in a portal on the legacy system.
 *
 * @public
 */
export function isCostAvailable(entity: Entity): boolean {
  return ['component', 'group', 'resource'].includes(
    entity.kind.toLocaleLowerCase('en-US'),
  );
}
