import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseSection, readSchedule } from '@headroom/node';
import { BillOwnerRule } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { readTrusted } from './readTrusted';

const AT = 'headroom.cost.bill';

/** What organisations call the service a resource is of. */
const SERVICE_TAGS = ['service', 'component', 'application', 'app'];

const text = z.string().min(1, { error: 'must not be empty' });

const keys = z.array(text).refine(all => new Set(all).size === all.length, {
  error: 'names a tag twice',
});

const rules = z.array(
  z
    .strictObject({
      entityRef: text,
      provider: text.optional(),
      billingAccount: text.optional(),
      subAccount: text.optional(),
      service: text.optional(),
      resourceId: text.optional(),
      tag: z.strictObject({ key: text, value: text }).optional(),
    })
    .refine(({ entityRef, ...what }) => Object.keys(what).length > 0, {
      error:
        'names no provider, account, service, resource or tag, so it would match everything',
    }),
);

/** When bills are read, what is kept of them and who pays for what. */
export interface BillConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** Keys of the tags that charges are told apart by; in order, without doubles. */
  tags: string[];
  /** Keys of the tags whose value is a service. */
  serviceTags: string[];
  /** In the order they are tried, before all else. */
  rules: BillOwnerRule[];
  /** Whether an entity that is registered there may name resources of the cloud as its own. */
  mayName: (location: string | undefined) => boolean;
  /** Part of the time that reading may take, above 0 up to 1. */
  share: number;
}

/** @throws InputError that names the key, the value and what would be right. */
export function readBill(config: Config): BillConfig {
  const serviceTags =
    config.getOptionalStringArray(`${AT}.serviceTags`) ?? SERVICE_TAGS;
  const otherTags = parseSection(
    `${AT}.tags`,
    keys,
    config.getOptional(`${AT}.tags`) ?? [],
  );
  const ownerRules: BillOwnerRule[] = parseSection(
    `${AT}.rules`,
    rules,
    config.getOptional(`${AT}.rules`) ?? [],
  );
  const mayName = readTrusted(config, AT);
  const share = config.getOptionalNumber(`${AT}.share`) ?? 0.25;
  if (!(share > 0 && share <= 1)) {
    throw new InputError(
      `${AT}.share is ${share}; it must be above 0 and at most 1`,
    );
  }
  const tagsOfRules = ownerRules.flatMap(({ tag }) => (tag ? [tag.key] : []));
  return {
    schedule: readSchedule(config, AT, {
      // A turn begins no delivery after a minute; the next one goes on.
      frequency: { minutes: 5 },
      timeout: { hours: 6 },
      initialDelay: { seconds: 20 },
    }),
    tags: [...new Set([...serviceTags, ...tagsOfRules, ...otherTags])].sort(),
    serviceTags,
    rules: ownerRules,
    mayName,
    share,
  };
}
