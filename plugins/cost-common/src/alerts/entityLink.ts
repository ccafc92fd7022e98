/** The Cost tab of a service or team; what no entity has is on the page of all. */
export function entityLink(entityRef: string): string {
  const [, kind, namespace, name] =
    /^([^:]+):([^/]+)\/(.+)$/.exec(entityRef) ?? [];
  return name
    ? `/catalog/${[namespace, kind, name]
        .map(encodeURIComponent)
        .join('/')}/cost`
    : '/cost';
}
