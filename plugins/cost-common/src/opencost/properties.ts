/** What nobody gave a property that is asked for. @public */
export const UNALLOCATED = '__unallocated__';

/** Name of the item of idle capacity, and the end of its name where it is split. @public */
export const IDLE_ITEM = '__idle__';

/** Namespace, pod and container of volumes that no pod mounted. @public */
export const UNMOUNTED = '__unmounted__';

/**
 * Where an allocation ran and what it is of; absent = it has none, or it was not
 * read. Kinds are in lower case and names of labels are such as Prometheus has them,
 * as OpenCost writes both.
 *
 * @public
 */
export interface AllocationProperties {
  cluster?: string;
  node?: string;
  namespace?: string;
  controllerKind?: string;
  controller?: string;
  pod?: string;
  container?: string;
  services?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** Which properties must be told apart, so that a question can be answered. @public */
export interface NeededProperties {
  node: boolean;
  namespace: boolean;
  controller: boolean;
  pod: boolean;
  container: boolean;
  services: boolean;
  /** Names of labels, sanitized. */
  labels: 'all' | readonly string[];
  annotations: 'all' | readonly string[];
}

/** Names that stand for a label, or an annotation where there is no such label. */
export const LABEL_ALIASES: Readonly<Record<LabelAlias, string>> = {
  department: 'department',
  environment: 'env',
  owner: 'owner',
  product: 'app',
  team: 'team',
};

/** @public */
export type LabelAlias =
  | 'department'
  | 'environment'
  | 'owner'
  | 'product'
  | 'team';

/** An annotation is only looked at where the label is not there; both must be known. */
export function needsOfAlias(alias: LabelAlias): Partial<NeededProperties> {
  const names = [LABEL_ALIASES[alias]];
  return { labels: names, annotations: names };
}

/** A label's name as Prometheus has it (`app.kubernetes.io/name` → `app_kubernetes_io_name`). @public */
export function sanitizeLabel(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** What an alias stands for; undefined = neither a label nor an annotation says it. */
export function aliasedValue(
  alias: LabelAlias,
  { labels, annotations }: AllocationProperties,
): string | undefined {
  const name = LABEL_ALIASES[alias];
  return labels?.[name] ?? annotations?.[name];
}

/** The properties that any of several questions needs. @public */
export function needsOf(
  needs: ReadonlyArray<Partial<NeededProperties>>,
): NeededProperties {
  const any = (property: keyof NeededProperties) =>
    needs.some(each => each[property] === true);
  const names = (of: 'labels' | 'annotations') =>
    needs.some(each => each[of] === 'all')
      ? 'all'
      : [...new Set(needs.flatMap(each => each[of] ?? []))].sort();
  return {
    node: any('node'),
    namespace: any('namespace'),
    controller: any('controller'),
    pod: any('pod'),
    container: any('container'),
    services: any('services'),
    labels: names('labels'),
    annotations: names('annotations'),
  };
}

/** Everything there is to tell of an allocation. @public */
export const EVERY_PROPERTY: NeededProperties = {
  node: true,
  namespace: true,
  controller: true,
  pod: true,
  container: true,
  services: true,
  labels: 'all',
  annotations: 'all',
};
