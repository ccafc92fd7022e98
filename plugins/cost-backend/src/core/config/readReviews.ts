import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { parseSection, readSchedule } from '@headroom/node';
import { entityRefOfKind } from '@headroom/plugin-cost-common';
import { z } from 'zod';

const AT = 'headroom.cost.reviews';
const MOST_NOTIFIED = 20;

const schema = z.object({
  notify: z
    .array(entityRefOfKind(['group', 'user'], 'group:default/finops'), {
      error: 'must be a list of groups and users',
    })
    .max(MOST_NOTIFIED, {
      error: `must be at most ${MOST_NOTIFIED} groups and users`,
    })
    .optional(),
  newIssue: z
    .string({ error: 'must be an address' })
    .refine(isIssueAddress, {
      error:
        'must be an address of https with {title} and {body} in its query, such as https://github.com/acme/finops/issues/new?title={title}&body={body}',
    })
    .optional(),
});

/** When closed weeks are looked for that have no review yet, and where a review goes. */
export interface ReviewsConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** Groups and users that are told of a new review. */
  notify?: string[];
  /** Where an issue is opened: an address with `{title}` and `{body}` in it. */
  newIssue?: string;
}

/** @throws InputError that names the key, the value and what would be right. */
export function readReviews(config: Config): ReviewsConfig {
  const { notify, newIssue } = parseSection(
    AT,
    schema,
    Object.fromEntries(
      Object.keys(schema.shape).map(key => [
        key,
        config.getOptional(`${AT}.${key}`),
      ]),
    ),
  );
  return {
    schedule: readSchedule(config, AT, {
      frequency: { minutes: 15 },
      timeout: { minutes: 10 },
      initialDelay: { minutes: 2 },
    }),
    ...(notify && { notify }),
    ...(newIssue !== undefined && { newIssue }),
  };
}

/** Browsers open it, so it is of https; what is filled in is a query, so it leads nowhere else. */
function isIssueAddress(address: string): boolean {
  if (!URL.canParse(address)) {
    return false;
  }
  const { protocol, username, password } = new URL(address);
  const query = address.slice(address.indexOf('?'));
  return (
    protocol === 'https:' &&
    username === '' &&
    password === '' &&
    address.includes('?') &&
    ['{title}', '{body}'].every(
      part => query.includes(part) && address.split(part).length === 2,
    )
  );
}
