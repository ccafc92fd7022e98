import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';

/**
 * What a back end needs to be of use. Plugins add what they depend on; a health
 * service of the portal asks.
 *
 * @public
 */
export interface ReadinessChecks {
  /**
   * @param name - what is needed, as in `the database of costs`
   * @param check - answers within a second whether it is there
   */
  add(name: string, check: () => Promise<boolean>): void;
  /** Names of what is not there. */
  missing(): Promise<string[]>;
}

/**
 * The checks of this back end. Nothing asks them unless the portal's health
 * service does, see "Readiness" in docs/operations.md.
 *
 * @public
 */
export const readinessChecksRef = createServiceRef<ReadinessChecks>({
  id: 'headroom.readiness-checks',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: createReadinessChecks,
    }),
});

/**
 * Checks that none has been added to yet.
 *
 * @public
 */
export function createReadinessChecks(): ReadinessChecks {
  const checks = new Map<string, () => Promise<boolean>>();
  return {
    add: (name, check) => {
      checks.set(name, check);
    },
    missing: async () => {
      const answers = await Promise.all(
        [...checks].map(async ([name, check]) => ({
          name,
          there: await check().catch(() => false),
        })),
      );
      return answers.filter(({ there }) => !there).map(({ name }) => name);
    },
  };
}
