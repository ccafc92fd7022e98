/**
 * Definitions of the kinds that templates use and Kubernetes doesn't have, from a
 * folder with `crds/*.yaml` and, for kinds that are there as schemas only,
 * `json/<group>_<kind>_<version>.json`.
 */
import fs from 'node:fs';
import path from 'node:path';

/** What a schema of JSON alone doesn't say. */
const PLURALS = {
  AutoscalingRunnerSet: 'autoscalingrunnersets',
  PodMonitor: 'podmonitors',
  PrometheusRule: 'prometheusrules',
  ServiceMonitor: 'servicemonitors',
};

/** @param {string} data */
export function definitionFiles(data) {
  const folder = path.join(data, 'crds');
  if (!fs.existsSync(folder)) {
    throw new Error(
      `There is no folder crds in ${data}: --data names one with crds/*.yaml and json/*.json.`,
    );
  }
  return fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => path.join(folder, name));
}

/**
 * Kinds that are known by a schema of JSON: the API server takes whatever they say, and
 * kubeconform judges it by the schema.
 *
 * @param {string} data
 * @returns {object[]} CustomResourceDefinitions
 */
export function lenientDefinitions(data) {
  const folder = path.join(data, 'json');
  if (!fs.existsSync(folder)) return [];
  return Object.entries(PLURALS).flatMap(([kind, plural]) =>
    fs
      .readdirSync(folder)
      .map(name => /^([^_]+)_([^_]+)_([^_]+)\.json$/.exec(name))
      .filter(match => match?.[2] === kind.toLowerCase())
      .map(([, group, , version]) =>
        definitionOf({ group, kind, plural, version }),
      ),
  );
}

function definitionOf({ group, kind, plural, version }) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: {
        kind,
        plural,
        singular: kind.toLowerCase(),
        listKind: `${kind}List`,
      },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              'x-kubernetes-preserve-unknown-fields': true,
            },
          },
        },
      ],
    },
  };
}
