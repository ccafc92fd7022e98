import { Config } from '@backstage/config';
import { parseSection } from '@headroom/node';
import { z } from 'zod';

/** What electricity costs. */
export interface EnergyConfig {
  /** Decimal string above 0, in the stored currency. */
  kilowattHourPrice: string;
}

const AT = 'headroom.cost.energy';
const PRICE = 'must be a price above 0 in headroom.currency, such as 0.21';

const energySchema = z.strictObject({
  kilowattHourPrice: z
    .union([z.number(), z.string()], { error: PRICE })
    .transform(value => String(value).trim())
    .refine(value => /^\d+(\.\d+)?$/.test(value) && Number(value) > 0, {
      error: issue => `is ${String(issue.input)}; it ${PRICE}`,
    }),
});

/** Price of a kilowatt-hour; undefined when none is configured: then no money of energy is shown. */
export function readEnergy(config: Config): EnergyConfig | undefined {
  const value = config.getOptional(AT);
  if (value === undefined) {
    return undefined;
  }
  return parseSection(AT, energySchema, value);
}
