import { Policy, WEEKDAYS } from '@headroom/plugin-scaling-common';

/** A policy to begin with: it observes, sleeps outside of office hours, and is for nothing yet. */
export function newPolicy(zone: string): Policy {
  return {
    id: '',
    title: '',
    origin: { type: 'page' },
    scope: { type: 'service', entityRef: '' },
    mode: 'observe',
    schedules: [
      {
        zone,
        windows: [
          {
            type: 'weekly',
            days: WEEKDAYS.slice(0, 5),
            times: { start: '07:00', end: '19:00' },
            wish: { type: 'untouched' },
          },
        ],
        exceptions: [],
        holidays: [],
      },
    ],
    outside: { type: 'zero' },
    exclusions: [],
    overrides: [],
    graceMinutes: 15,
    lead: { type: 'measured' },
    twoPersons: false,
    limits: {},
  };
}

/** A name that addresses can have, of a title, with what tells it from others of that title. */
export function idOf(title: string, random: number): string {
  const words = title
    .normalize('NFD')
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const suffix = Math.floor(random * 36 ** 5)
    .toString(36)
    .padStart(5, '0');
  return `${words || 'policy'}-${suffix}`;
}
