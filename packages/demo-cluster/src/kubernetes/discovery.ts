import { KUBERNETES_VERSION } from './objects';
import { isCreatable, worldKindOf } from './writes/changesOf';
import { apiVersionOf, ResourceDefinition, RESOURCES } from './resources';

/** `/version`. */
export function versionInfo() {
  const [major, minor] = KUBERNETES_VERSION.slice(1).split('.');
  return {
    major,
    minor,
    gitVersion: `${KUBERNETES_VERSION}+headroom.demo`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: '',
    platform: 'simulation',
  };
}

function verbsOf(resource: ResourceDefinition): string[] {
  if (resource.computed) {
    return ['get', 'list'];
  }
  if (!worldKindOf(resource)) {
    return ['get', 'list', 'watch'];
  }
  return [
    ...(isCreatable(resource) ? ['create'] : []),
    'delete',
    'get',
    'list',
    'patch',
    'update',
    'watch',
  ];
}

function apiResource(resource: ResourceDefinition) {
  return {
    name: resource.plural,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: verbsOf(resource),
    ...(resource.shortNames && { shortNames: resource.shortNames }),
  };
}

const SCALE = {
  name: 'scale',
  kind: 'Scale',
  group: 'autoscaling',
  version: 'v1',
};

/** What can be asked of an object beside the object itself. */
const SUBRESOURCES: Record<
  string,
  Array<{
    name: string;
    kind: string;
    group?: string;
    version?: string;
    verbs: string[];
  }>
> = {
  'apps/deployments': [{ ...SCALE, verbs: ['get', 'patch', 'update'] }],
  'apps/statefulsets': [{ ...SCALE, verbs: ['get', 'patch', 'update'] }],
  'apps/replicasets': [{ ...SCALE, verbs: ['get'] }],
  '/pods': [
    {
      name: 'eviction',
      kind: 'Eviction',
      group: 'policy',
      version: 'v1',
      verbs: ['create'],
    },
    { name: 'resize', kind: 'Pod', verbs: ['get', 'patch', 'update'] },
  ],
};

function subresources(resource: ResourceDefinition) {
  const all = SUBRESOURCES[`${resource.group}/${resource.plural}`] ?? [];
  return all.map(({ name, ...rest }) => ({
    name: `${resource.plural}/${name}`,
    singularName: '',
    namespaced: resource.namespaced,
    ...rest,
  }));
}

/** `/api/v1` and `/apis/<group>/<version>`; undefined when nothing is served there. */
export function resourceList(groupVersion: string) {
  const resources = RESOURCES.filter(
    resource => apiVersionOf(resource) === groupVersion,
  );
  return resources.length === 0
    ? undefined
    : {
        kind: 'APIResourceList',
        apiVersion: 'v1',
        groupVersion,
        resources: resources.flatMap(resource => [
          apiResource(resource),
          ...subresources(resource),
        ]),
      };
}

function group(name: string) {
  const versions = [
    ...new Set(
      RESOURCES.filter(resource => resource.group === name).map(
        resource => resource.version,
      ),
    ),
  ].map(version => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
}

const GROUPS = [
  ...new Set(RESOURCES.map(resource => resource.group).filter(Boolean)),
];

/** `/apis`. */
export function groupList() {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: GROUPS.map(group) };
}

/** Whether anything of a group is served. */
export function hasGroup(name: string): boolean {
  return GROUPS.includes(name);
}

/** `/apis/<group>`. */
export function apiGroup(name: string) {
  return GROUPS.includes(name)
    ? { kind: 'APIGroup', apiVersion: 'v1', ...group(name) }
    : undefined;
}

/** `/api`. */
export function coreVersions(address: string) {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [
      { clientCIDR: '0.0.0.0/0', serverAddress: address },
    ],
  };
}
