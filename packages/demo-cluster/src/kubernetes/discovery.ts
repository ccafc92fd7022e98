import { KUBERNETES_VERSION } from './objects';
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

function apiResource(resource: ResourceDefinition) {
  return {
    name: resource.plural,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: resource.computed ? ['get', 'list'] : ['get', 'list', 'watch'],
    ...(resource.shortNames && { shortNames: resource.shortNames }),
  };
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
        resources: resources.map(apiResource),
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
