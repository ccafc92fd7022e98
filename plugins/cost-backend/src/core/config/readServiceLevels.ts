import { Config } from '@backstage/config';
import { parseSection } from '@headroom/node';
import {
  LEVEL_CONVENTIONS,
  ServiceLevelQueries,
} from '@headroom/plugin-cost-node';
import { z } from 'zod';

const AT = 'headroom.cost.serviceLevels';
const promql = z.string().min(1, { error: 'must not be empty' }).optional();

const schema = z.strictObject({
  convention: z
    .enum(LEVEL_CONVENTIONS, {
      error: `must be one of ${LEVEL_CONVENTIONS.join(', ')}`,
    })
    .optional(),
  latency: promql,
  latencyUnit: z
    .enum(['seconds', 'milliseconds'], {
      error: 'must be seconds or milliseconds',
    })
    .default('seconds'),
  requests: promql,
  errors: promql,
});

/** How service levels are asked for, under `headroom.cost.serviceLevels`. */
export function readServiceLevels(config: Config): ServiceLevelQueries {
  return parseSection(AT, schema, config.getOptional(AT) ?? {});
}
