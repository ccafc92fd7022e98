/**
 * Strict schemas as kubeconform reads them: of Kubernetes' own kinds from its OpenAPI
 * document, of others from their definitions. Unknown fields are refused.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import { getJson } from './apiServer';
import { peer } from './peer';

export interface SchemaFolder {
  /** For `-schema-location`. */
  location: string;
}

type Schema = { [key: string]: any };

const NAME = '{{.Group}}_{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';
const DEFINITIONS = 'definitions.json';

/** kubeconform takes the version for the group of what has none. */
const fileOf = (group: string, kind: string, version: string) =>
  `${group || version}_${kind.toLowerCase()}_${version}.json`;

export async function writeSchemas(folder: string): Promise<SchemaFolder> {
  const write = (name: string, schema: Schema) =>
    writeFileSync(path.join(folder, name), JSON.stringify(schema));
  const { definitions } = await openApi();
  write(DEFINITIONS, {
    definitions: Object.fromEntries(
      Object.entries(definitions).map(([name, schema]) => [
        name,
        strict(schema),
      ]),
    ),
  });
  for (const [name, schema] of Object.entries(definitions)) {
    for (const kind of schema['x-kubernetes-group-version-kind'] ?? []) {
      write(fileOf(kind.group, kind.kind, kind.version), {
        $ref: `${DEFINITIONS}#/definitions/${name}`,
      });
    }
  }
  if (peer.data !== undefined) {
    for (const [name, schema] of customSchemas(peer.data)) {
      write(name, strict(schema));
    }
  }
  return { location: path.join(folder, NAME) };
}

/** Of the folder of data, else the cluster's own. */
async function openApi(): Promise<{ definitions: Record<string, Schema> }> {
  if (peer.data === undefined) {
    return getJson('/openapi/v2');
  }
  const file = path.join(peer.data, 'kubernetes-openapi-v2.json.gz');
  return JSON.parse(gunzipSync(readFileSync(file)).toString());
}

function* customSchemas(data: string): Generator<readonly [string, Schema]> {
  for (const name of readdirSync(path.join(data, 'json'))) {
    yield [
      name,
      JSON.parse(readFileSync(path.join(data, 'json', name), 'utf8')),
    ];
  }
  for (const name of readdirSync(path.join(data, 'crds'))) {
    const text = readFileSync(path.join(data, 'crds', name), 'utf8');
    for (const document of parseAllDocuments(text)) {
      const { kind, spec } = document.toJS() ?? {};
      if (kind === 'CustomResourceDefinition') {
        for (const version of spec.versions) {
          yield [
            fileOf(spec.group, spec.names.kind, version.name),
            version.schema.openAPIV3Schema,
          ];
        }
      }
    }
  }
}

/** Refuses fields that it doesn't name, and takes numbers where Kubernetes does. */
function strict(schema: unknown): any {
  if (Array.isArray(schema)) {
    return schema.map(strict);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const { format, ...rest } = schema as Schema;
  if (format === 'int-or-string' || rest['x-kubernetes-int-or-string']) {
    return { type: ['integer', 'string'] };
  }
  const mapped: Schema = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, strictAt(key, value)]),
  );
  const open =
    rest['x-kubernetes-preserve-unknown-fields'] ||
    rest['x-kubernetes-embedded-resource'] ||
    rest.additionalProperties !== undefined;
  return rest.type === 'object' && rest.properties && !open
    ? { ...mapped, additionalProperties: false }
    : mapped;
}

function strictAt(key: string, value: unknown): unknown {
  switch (key) {
    case 'properties':
      // Names of fields, not words of the schema.
      return Object.fromEntries(
        Object.entries(value as Schema).map(([name, each]) => [
          name,
          strict(each),
        ]),
      );
    case '$ref':
      return String(value).replace(/^#/, `${DEFINITIONS}#`);
    case 'enum':
    case 'required':
    case 'default':
      return value;
    default:
      return strict(value);
  }
}
