import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { UnitMetric } from '@headroom/plugin-cost-node';
import { parseSection } from '@headroom/node';
import { z } from 'zod';

const AT = 'headroom.cost.unitMetrics';

const schema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
      error: 'must be kebab-case, such as tokens',
    }),
    title: z.string().min(1, { error: 'must not be empty' }),
    per: z.number().positive({ error: 'must be above 0' }).default(1),
    minimum: z
      .number()
      .nonnegative({ error: 'must not be negative' })
      .default(1),
    query: z.string().optional(),
    failedQuery: z.string().optional(),
  }),
);

/** Business metrics under `headroom.cost.unitMetrics`. */
export function readUnitMetrics(config: Config): UnitMetric[] {
  const read = parseSection(AT, schema, config.getOptional(AT) ?? []);
  const ids = read.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) {
    throw new InputError(
      `${AT} has two metrics with the id '${twice}'; ids must be unique`,
    );
  }
  return read;
}
