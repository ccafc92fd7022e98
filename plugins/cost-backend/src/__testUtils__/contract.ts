import Ajv2020, { ValidateFunction } from 'ajv/dist/2020';
import { buildDocument } from '../openapi/buildDocument';
import { Operation } from '../openapi/Operation';
import { operations } from '../openapi/openApiRouter';

/** An answer, as supertest has it. */
interface HttpAnswer {
  status: number;
  headers: Record<string, string | undefined>;
  body: unknown;
  text: string;
}

const ajv = new Ajv2020({ strict: false });
ajv.addSchema(closed(buildDocument(operations)), 'contract');
const compiled = new Map<string, ValidateFunction>();

/**
 * Throws when an answer is not what the document says of its route: of another
 * shape, or with a member that nobody documented.
 */
export function checkContract(
  asked: { method: string; url: string },
  answer: HttpAnswer,
): void {
  const route = routeOf(asked);
  if (!route || answer.status === 204) {
    return;
  }
  const [type] = (answer.headers['content-type'] ?? '').split(';');
  const validate = validatorOf(route, answer.status, type);
  for (const value of valuesOf(type, answer)) {
    if (!validate(value)) {
      throw new Error(
        `${route.id} answers ${
          answer.status
        } other than documented: ${ajv.errorsText(validate.errors)}`,
      );
    }
  }
}

function routeOf(asked: { method: string; url: string }) {
  const { pathname } = new URL(asked.url, 'http://localhost');
  return operations.find(
    ({ method, path }) =>
      method === asked.method.toLowerCase() &&
      new RegExp(`^/api/cost${path.replace(/:\w+/g, '[^/]+')}$`).test(pathname),
  );
}

function validatorOf(
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
  const validate = compiled.get($ref) ?? ajv.compile({ $ref });
  compiled.set($ref, validate);
  return validate;
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
