/** The last part of an entity ref: `web` of `component:default/web`. @public */
export function entityName(entityRef: string): string {
  return entityRef.slice(entityRef.lastIndexOf('/') + 1);
}
