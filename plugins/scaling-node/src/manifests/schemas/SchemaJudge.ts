import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import fs from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import { CompiledRule, compileRule, firstLine, isTransition } from './celRules';
import { goRegExp } from './goRegExp';
import {
  isSchema,
  METADATA,
  PlacedRule,
  Schema,
  strictDefinitions,
  strictSchema,
} from './strictSchema';

/** What is wrong with an object by the schema of its kind. @public */
export interface SchemaProblem {
  /** Such as `Deployment web`. */
  object: string;
  /** Such as `spec.replicas`; empty = the object. */
  field: string;
  /** A whole sentence. */
  message: string;
}

/** @public */
export interface SchemaVerdict {
  problems: SchemaProblem[];
  /** `apiVersion kind` without a schema, and rules that could not be asked, by name. */
  notJudged: string[];
}

interface Kind {
  validate(): ValidateFunction;
  rules: ReadonlyArray<{ path: readonly string[]; rule: CompiledRule }>;
}

const keyOf = (group: string, version: string, kind: string) =>
  `${group === '' ? version : `${group}/${version}`} ${kind}`;

/**
 * Judges objects by strict schemas: a field that the schema of a kind does not name
 * is refused, and its rules in CEL are asked. What can't be judged is said by name.
 *
 * @public
 */
export class SchemaJudge {
  readonly #kinds = new Map<string, Kind>();
  readonly #groups = new Set<string>();

  /**
   * Reads a folder with `kubernetes-openapi-v2.json.gz`, `crds/*.yaml`
   * (CustomResourceDefinitions) and `json/<group>_<kind>_<version>.json`; each of them
   * may be missing.
   */
  static async read(folder: string): Promise<SchemaJudge> {
    await fs.access(folder);
    const judge = new SchemaJudge();
    const core = await readIfThere(
      path.join(folder, 'kubernetes-openapi-v2.json.gz'),
    );
    if (core) {
      judge.#addCore(JSON.parse(gunzipSync(core).toString('utf8')));
    }
    for (const file of await listIfThere(path.join(folder, 'crds'), '.yaml')) {
      const text = await fs.readFile(file, 'utf8');
      for (const document of parseAllDocuments(text)) {
        judge.addDefinition(document.toJS());
      }
    }
    for (const file of await listIfThere(path.join(folder, 'json'), '.json')) {
      const [group, kind, version] = path.basename(file, '.json').split('_');
      const schema: unknown = JSON.parse(await fs.readFile(file, 'utf8'));
      judge.#add(group, version, kind, schema);
    }
    return judge;
  }

  /** Kinds that it knows, as `apps/v1 Deployment`; those of files by lower case. */
  get kinds(): string[] {
    return [...this.#kinds.keys()];
  }

  /** Rules that can't be asked, by kind and field, with why. */
  get brokenRules(): string[] {
    return [...this.#kinds].flatMap(([kind, { rules }]) =>
      rules.flatMap(({ path: at, rule }) =>
        rule.broken === undefined
          ? []
          : [`${kind} at ${at.join('.')}: ${rule.rule.rule} (${rule.broken})`],
      ),
    );
  }

  /** Takes the versions of a CustomResourceDefinition. */
  addDefinition(definition: unknown): void {
    if (
      !isSchema(definition) ||
      definition.kind !== 'CustomResourceDefinition' ||
      !isSchema(definition.spec)
    ) {
      return;
    }
    const { group, names, versions } = definition.spec as {
      group: string;
      names: { kind: string };
      versions: Array<{
        name: string;
        served?: boolean;
        schema?: { openAPIV3Schema?: unknown };
      }>;
    };
    for (const { name, served, schema } of versions) {
      if (served !== false) {
        this.#add(group, name, names.kind, schema?.openAPIV3Schema);
      }
    }
  }

  judge(object: { readonly [key: string]: unknown }): SchemaVerdict {
    const apiVersion = String(object.apiVersion);
    const kindName = String(object.kind);
    const metadata = isSchema(object.metadata) ? object.metadata : {};
    const named = `${kindName} ${String(metadata.name ?? '')}`.trim();
    const kind =
      this.#kinds.get(`${apiVersion} ${kindName}`) ??
      this.#kinds.get(`${apiVersion} ${kindName.toLowerCase()}`);
    if (!kind) {
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
      return this.#groups.has(group)
        ? {
            problems: [
              {
                object: named,
                field: 'apiVersion',
                message: `There is no ${kindName} in ${apiVersion}; there are: ${
                  this.kinds
                    .filter(
                      each =>
                        each.split(' ')[1].toLowerCase() ===
                        kindName.toLowerCase(),
                    )
                    .join(', ') || 'other kinds only'
                }.`,
              },
            ],
            notJudged: [],
          }
        : { problems: [], notJudged: [`${apiVersion} ${kindName}`] };
    }
    const validate = kind.validate();
    const problems: SchemaProblem[] = validate(object)
      ? []
      : (validate.errors ?? []).map(error => ({
          object: named,
          ...sayError(error, object),
        }));
    const notJudged: string[] = [];
    // As an API server does: rules may count on what the schema wants.
    const asked = problems.length === 0 ? kind.rules : [];
    for (const { path: at, rule } of asked) {
      for (const { value, field } of valuesAt(object, at)) {
        if (rule.broken !== undefined) {
          notJudged.push(
            `${apiVersion} ${kindName}: the rule "${rule.rule.rule}" of ${
              field || 'the object'
            }, as ${rule.broken}`,
          );
          continue;
        }
        try {
          if (!rule.holds(value)) {
            problems.push({
              object: named,
              field,
              message: rule.rule.message ?? `${rule.rule.rule} does not hold.`,
            });
          }
        } catch (error) {
          problems.push({
            object: named,
            field,
            message: `The rule "${rule.rule.rule}" fails: ${firstLine(error)}`,
          });
        }
      }
    }
    return { problems, notJudged };
  }

  #addCore(openapi: unknown): void {
    const definitions =
      isSchema(openapi) && isSchema(openapi.definitions)
        ? openapi.definitions
        : {};
    const strict = strictDefinitions(definitions);
    const ajv = newAjv();
    ajv.addSchema({ $id: 'core', definitions: strict });
    for (const [name, definition] of Object.entries(definitions)) {
      const kinds = (definition as Schema)['x-kubernetes-group-version-kind'];
      for (const gvk of Array.isArray(kinds) ? kinds : []) {
        const { group, version, kind } = gvk as Record<string, string>;
        this.#groups.add(group);
        this.#kinds.set(
          keyOf(group, version, kind),
          lazily(() => ajv.compile({ $ref: `core#/definitions/${name}` })),
        );
      }
    }
  }

  #add(group: string, version: string, kind: string, schema: unknown): void {
    const placed: PlacedRule[] = [];
    const strict = strictSchema(schema, placed);
    const properties = isSchema(strict.properties) ? strict.properties : {};
    strict.properties = {
      ...properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: METADATA,
    };
    strict.additionalProperties = false;
    this.#groups.add(group);
    this.#kinds.set(keyOf(group, version, kind), {
      ...lazily(() => newAjv().compile(strict)),
      rules: placed
        .filter(({ rule }) => !isTransition(rule))
        .map(({ path: at, rule }) => ({ path: at, rule: compileRule(rule) })),
    });
  }
}

function lazily(compile: () => ValidateFunction): Kind {
  let compiled: ValidateFunction | undefined;
  return {
    validate: () => {
      compiled ??= compile();
      return compiled;
    },
    rules: [],
  };
}

/** Ajv may print code that makes it again, for which it is named; we print none. */
const ajvRegExp = Object.assign(goRegExp, { code: 'goRegExp' });

function newAjv(): Ajv {
  // The schemas are others': what is unusual in them is no fault of a manifest.
  return new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
    code: { regExp: ajvRegExp },
  });
}

function sayError(
  { instancePath, params, keyword, message }: ErrorObject,
  object: unknown,
): { field: string; message: string } {
  const keys = instancePath
    .split('/')
    .slice(1)
    .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
  const field = keys.join('.');
  const value = keys.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null
        ? (node as Record<string, unknown>)[key]
        : undefined,
    object,
  );
  const where = field || 'The object';
  if (keyword === 'additionalProperties') {
    return {
      field,
      message: `${where} has the field ${String(
        params.additionalProperty,
      )}, which is not known there.`,
    };
  }
  if (keyword === 'required') {
    return {
      field,
      message: `${where} has no ${String(params.missingProperty)}.`,
    };
  }
  const written = JSON.stringify(value)?.slice(0, 80);
  const allowed =
    keyword === 'enum'
      ? ` ${(params.allowedValues as unknown[]).join(', ')}`
      : '';
  return {
    field,
    message: `${where} is ${written}; it ${message ?? keyword}${allowed}.`,
  };
}

/** The values that a rule is asked of; none where nothing is there. */
function valuesAt(
  value: unknown,
  at: readonly string[],
  field = '',
): Array<{ value: unknown; field: string }> {
  const [key, ...rest] = at;
  if (value === undefined || value === null) {
    return [];
  }
  if (key === undefined) {
    return [{ value, field }];
  }
  const name = (part: string | number) =>
    field ? `${field}.${part}` : `${part}`;
  if (key === '[]') {
    return Array.isArray(value)
      ? value.flatMap((item, index) => valuesAt(item, rest, name(index)))
      : [];
  }
  if (key === '{}') {
    return isSchema(value)
      ? Object.entries(value).flatMap(([each, item]) =>
          valuesAt(item, rest, name(each)),
        )
      : [];
  }
  return isSchema(value) ? valuesAt(value[key], rest, name(key)) : [];
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await fs.readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

async function listIfThere(folder: string, ending: string): Promise<string[]> {
  try {
    const names = await fs.readdir(folder);
    return names
      .filter(name => name.endsWith(ending))
      .sort()
      .map(name => path.join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
