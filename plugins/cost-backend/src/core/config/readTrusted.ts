import { Config } from '@backstage/config';
import { createLocationMatcher } from '@headroom/common';
import { parseSection } from '@headroom/node';
import { z } from 'zod';
import { trustedLocation } from './readClaims';

const schema = z.strictObject({
  trustedLocations: z.array(trustedLocation),
});

/**
 * Tells whose annotations of one kind count, by where an entity is registered, as
 * `annotations.trustedLocations` below a key says: nobody's where it says nothing, as
 * whoever registers an entity writes its annotations.
 *
 * @throws InputError that names the key, the value and what would be right.
 */
export function readTrusted(
  config: Config,
  at: string,
): (location: string | undefined) => boolean {
  const trusted = parseSection(
    `${at}.annotations`,
    schema,
    config.getOptional(`${at}.annotations`) ?? { trustedLocations: [] },
  ).trustedLocations.map(createLocationMatcher);
  return location => trusted.some(fits => fits(location));
}
