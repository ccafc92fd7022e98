import { JsonObject } from '@backstage/types';
import { z } from 'zod';

/** Members that answers may gain are not forbidden: readers skip what they do not know. */
const OPTIONS = { io: 'input', target: 'draft-2020-12' } as const;

/** Schemas that have a name, each once. */
export class Components {
  readonly schemas: JsonObject = {};

  static create(): Components {
    return new Components();
  }

  private constructor() {}

  /** A schema whose named parts are references to components. */
  schemaOf(schema: z.ZodType): JsonObject {
    const text = JSON.stringify(z.toJSONSchema(schema, OPTIONS));
    const { $schema, $defs, ...own } = JSON.parse(
      text.replaceAll('"#/$defs/', '"#/components/schemas/'),
    );
    Object.assign(this.schemas, $defs);
    return own;
  }
}
