import Ajv2020, { ValidateFunction } from 'ajv/dist/2020';
import { buildDocument, OpenApiInfo } from '../openapi/buildDocument';
import { Operation } from '../openapi/Operation';

/** An answer, as supertest has it. @public */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string | undefined>;
  body: unknown;
  text: string;
}

/** What the OpenAPI document of a back end says its routes answer. @public */
export class Contract {
  readonly #ajv = new Ajv2020({ strict: false });
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #base: string;
  readonly #operations: readonly Operation[];

  /** @param base - where its routes are, e.g. `/api/cost` */
  static of(options: {
    base: string;
    info: OpenApiInfo;
    operations: readonly Operation[];
  }): Contract {
    return new Contract(options);
  }

  private constructor({
    base,
    info,
    operations,
  }: Parameters<typeof Contract.of>[0]) {
    this.#base = base;
    this.#operations = operations;
    this.#ajv.addSchema(closed(buildDocument(info, operations)), 'contract');
  }

  /**
   * Throws when an answer is not what the document says of its route: of another
   * shape, or with a member that nobody documented.
   */
  check(asked: { method: string; url: string }, answer: HttpAnswer): void {
    const route = this.#routeOf(asked);
    if (!route || answer.status === 204) {
      return;
    }
    const [type] = (answer.headers['content-type'] ?? '').split(';');
    const validate = this.#validatorOf(route, answer.status, type);
    for (const value of valuesOf(type, answer)) {
      if (!validate(value)) {
        throw new Error(
          `${route.id} answers ${
            answer.status
          } other than documented: ${this.#ajv.errorsText(validate.errors)}`,
        );
      }
    }
  }

  #routeOf(asked: { method: string; url: string }): Operation | undefined {
    const { pathname } = new URL(asked.url, 'http://localhost');
    return this.#operations.find(
      ({ method, path }) =>
        method === asked.method.toLowerCase() &&
        new RegExp(`^${this.#base}${path.replace(/:\w+/g, '[^/]+')}$`).test(
          pathname,
        ),
    );
  }

  #validatorOf(
    { path, method }: Operation,
    status: number,
    type: string,
  ): ValidateFunction {
    const pointer = [
      'paths',
      path.replace(/:(\w+)/g, '{$1}'),
      method,
      'responses',
      status < 300 ? String(status) : 'default',
      'content',
      type,
      'schema',
    ].map(part => encodeURIComponent(part.replace(/\//g, '~1')));
    const $ref = `contract#/${pointer.join('/')}`;
    const validate = this.#compiled.get($ref) ?? this.#ajv.compile({ $ref });
    this.#compiled.set($ref, validate);
    return validate;
  }
}

function valuesOf(type: string, { body, text }: HttpAnswer): unknown[] {
  switch (type) {
    case 'application/json':
      return [body];
    case 'application/x-ndjson':
      // Without a parser for its type, supertest keeps the body as it came.
      return (text ?? String(body))
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line));
    default:
      return [text];
  }
}

/** Readers skip members that they don't know; a test does not. */
function closed(document: object): object {
  return JSON.parse(JSON.stringify(document), (_key, value) =>
    value?.type === 'object' && value.properties && !isProblem(value)
      ? { additionalProperties: false, ...value }
      : value,
  );
}

/** Backstage adds what it likes to an error. */
function isProblem(value: { properties: object }): boolean {
  return 'message' in value.properties && 'name' in value.properties;
}
