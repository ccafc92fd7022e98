import { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import { Components } from './Components';
import { Answer, Operation } from './Operation';

const problem = z
  .object({
    error: z.object({
      name: z
        .string()
        .describe(
          'The kind of error: `InputError`, `NotAllowedError`, `NotFoundError`, `ServiceUnavailableError` …',
        ),
      message: z.string().describe('What is wrong, in a sentence.'),
    }),
    request: z.object({ method: z.string(), url: z.string() }).optional(),
    response: z.object({ statusCode: z.number() }),
  })
  .meta({ id: 'Problem', description: 'Why there is no answer.' });

/** What a document says of itself. @public */
export interface OpenApiInfo {
  title: string;
  version: string;
  description: string;
}

/** A document whose paths are those of a plugin's routers. @public */
export interface OpenApiDocument extends JsonObject {
  paths: Record<string, JsonObject>;
}

/** OpenAPI 3.1 of operations. @public */
export function buildDocument(
  info: OpenApiInfo,
  operations: readonly Operation[],
): OpenApiDocument {
  const components = Components.create();
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [operation.method]: describe(operation, components),
    };
  }
  return {
    openapi: '3.1.0',
    info: { ...info },
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A Backstage token: of a user, of another plugin, or of external access.',
        },
      },
    },
    security: [{ token: [] }],
  };
}

function describe(
  { id, tag, summary, path, query, body, answer, status = 200 }: Operation,
  components: Components,
): JsonObject {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    operationId: id,
    tags: [tag],
    summary,
    parameters: [...inPath, ...(query ? parameters(query, components) : [])],
    ...(body && {
      requestBody: {
        required: true,
        content: contentOf('application/json', components.schemaOf(body)),
      },
    }),
    responses: {
      ...answered(answer, status, components),
      default: {
        description: 'There is no answer.',
        content: contentOf('application/json', components.schemaOf(problem)),
      },
    },
  };
}

function parameters(query: z.ZodObject, components: Components): JsonObject[] {
  return Object.entries(query.shape).map(([name, schema]) => {
    const { description, ...rest } = components.schemaOf(schema as z.ZodType);
    return {
      name,
      in: 'query',
      required: false,
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

function answered(
  answer: Answer,
  status: number,
  components: Components,
): JsonObject {
  switch (answer.type) {
    case 'json':
      return ok(
        status,
        'The answer.',
        contentOf('application/json', components.schemaOf(answer.schema)),
      );
    case 'lines':
      return ok(
        status,
        'One JSON document per line.',
        contentOf('application/x-ndjson', components.schemaOf(answer.schema)),
      );
    case 'csv':
      return ok(
        status,
        answer.description,
        contentOf('text/csv', { type: 'string' }),
      );
    default:
      return { 204: { description: 'It is done.' } };
  }
}

function ok(
  status: number,
  description: string,
  content: JsonValue,
): JsonObject {
  return { [status]: { description, content } };
}

function contentOf(type: string, schema: JsonObject): JsonObject {
  return { [type]: { schema } };
}
