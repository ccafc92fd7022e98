import { CelRule } from './celRules';

export type Schema = { [key: string]: unknown };

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where a rule is asked: a path of fields, `[]` = each item, `{}` = each value. */
export interface PlacedRule {
  path: readonly string[];
  rule: CelRule;
}

const INT_OR_STRING = { type: ['integer', 'string'] };
const QUANTITY = {
  type: ['number', 'string'],
  pattern:
    '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$',
};

/** Fields of metadata that objects as people write them have. */
export const METADATA: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    generateName: { type: 'string' },
    namespace: { type: 'string' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    annotations: { type: 'object', additionalProperties: { type: 'string' } },
    finalizers: { type: 'array', items: { type: 'string' } },
    ownerReferences: { type: 'array', items: { type: 'object' } },
    uid: { type: 'string' },
    resourceVersion: { type: 'string' },
    generation: { type: 'integer' },
    creationTimestamp: { type: ['string', 'null'] },
    deletionTimestamp: { type: 'string' },
    deletionGracePeriodSeconds: { type: 'integer' },
    managedFields: { type: 'array', items: { type: 'object' } },
    selfLink: { type: 'string' },
  },
  additionalProperties: false,
};

/**
 * An OpenAPI v3 schema of Kubernetes as JSON schema that refuses what it does not
 * name; the rules in CEL are collected beside it.
 */
export function strictSchema(
  schema: unknown,
  rules: PlacedRule[],
  path: readonly string[] = [],
): Schema {
  if (!isSchema(schema)) {
    return {};
  }
  const validations = schema['x-kubernetes-validations'];
  if (Array.isArray(validations)) {
    rules.push(...validations.map((rule: CelRule) => ({ path, rule })));
  }
  if (schema['x-kubernetes-int-or-string'] === true) {
    const { type: _type, anyOf: _anyOf, ...rest } = kept(schema);
    return { ...rest, ...INT_OR_STRING };
  }
  if (schema.format === 'int-or-string') {
    return INT_OR_STRING;
  }
  const strict: Schema = kept(schema);
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (isSchema(schema.properties)) {
    strict.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, each]) => [
        name,
        strictSchema(each, rules, [...path, name]),
      ]),
    );
    if (!isOpen && schema.additionalProperties === undefined) {
      strict.additionalProperties = false;
    }
  }
  if (isSchema(schema.additionalProperties)) {
    strict.additionalProperties = strictSchema(
      schema.additionalProperties,
      rules,
      [...path, '{}'],
    );
  }
  if (isSchema(schema.items)) {
    strict.items = strictSchema(schema.items, rules, [...path, '[]']);
  }
  for (const many of ['allOf', 'anyOf', 'oneOf']) {
    if (Array.isArray(schema[many])) {
      // Parts of a whole: they name only some of its fields.
      strict[many] = (schema[many] as unknown[]).map(each =>
        loose(isSchema(each) ? each : {}),
      );
    }
  }
  if (isSchema(schema.not)) {
    strict.not = loose(schema.not);
  }
  if (schema.nullable === true && typeof schema.type === 'string') {
    strict.type = [schema.type, 'null'];
  }
  return strict;
}

function loose(schema: Schema): Schema {
  return JSON.parse(
    JSON.stringify(schema, (key, value) =>
      key.startsWith('x-kubernetes-') || key === 'format' ? undefined : value,
    ),
  );
}

const KEPT =
  /^(type|enum|const|pattern|required|minimum|maximum|exclusiveMinimum|exclusiveMaximum|minLength|maxLength|minItems|maxItems|uniqueItems|minProperties|maxProperties|multipleOf|\$ref|additionalProperties)$/;

function kept(schema: Schema): Schema {
  const copy = Object.fromEntries(
    Object.entries(schema).filter(([key]) => KEPT.test(key)),
  );
  // OpenAPI 3.0 writes them as booleans beside the bound.
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ]) {
    if (typeof copy[exclusive] === 'boolean') {
      if (copy[exclusive]) {
        copy[exclusive] = copy[bound];
        delete copy[bound];
      } else {
        delete copy[exclusive];
      }
    }
  }
  return copy;
}

/** Definitions of Kubernetes itself (OpenAPI v2), strict. */
export function strictDefinitions(definitions: Schema): Schema {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [
      name,
      strictDefinition(name, isSchema(definition) ? definition : {}),
    ]),
  );
}

function strictDefinition(name: string, definition: Schema): Schema {
  if (name.endsWith('.api.resource.Quantity')) {
    return QUANTITY;
  }
  if (name.endsWith('.intstr.IntOrString')) {
    return INT_OR_STRING;
  }
  const strict = strictSchema(definition, []);
  const isAny = !definition.properties && !definition.additionalProperties;
  return definition.type === 'object' && isAny ? { type: 'object' } : strict;
}
