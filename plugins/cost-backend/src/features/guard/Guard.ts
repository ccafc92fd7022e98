import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { calendarDayOf } from '@headroom/common';
import { isSaid } from '@headroom/node';
import {
  compareManifestCosts,
  GuardCosts,
  GuardOverride,
  GuardReport,
  guardReportOf,
  GuardRequest,
  readInfracost,
} from '@headroom/plugin-cost-common';
import {
  guardedPartsOf,
  kustomizationsAmong,
  readManifests,
} from '@headroom/plugin-scaling-common';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { ScopedStores } from '../../database/ScopedStores';
import {
  ClusterPrices,
  ClusterPricesOptions,
} from '../estimates/ClusterPrices';
import { convertPrices } from '../estimates/convertPrices';
import { BudgetLeft } from '../budgets/BudgetLeft';
import { readEntityRef } from '../../core/readEntityRef';

/** @internal */
export interface GuardOptions extends ClusterPricesOptions {
  scopes: CostScopes;
  currencies: Currencies;
  prices: ClusterPrices;
  budgetLeft: BudgetLeft;
}

type Manifests = NonNullable<GuardRequest['manifests']>;

/** What a change costs and whether a policy lets it pass, for a caller. */
export class Guard {
  readonly #options: GuardOptions;

  static create(options: GuardOptions) {
    return new Guard(options);
  }

  private constructor(options: GuardOptions) {
    this.#options = options;
  }

  /**
   * @throws NotAllowedError when the caller may see no costs at all; InputError that
   * names a cluster that isn't configured, a currency without a rate, or what the JSON
   * of Infracost should have.
   */
  async judge(
    request: GuardRequest,
    credentials: BackstageCredentials,
  ): Promise<GuardReport> {
    const { scopes, budgetLeft, now } = this.#options;
    const { manifests, infracost, currency, policy, entityRef } = request;
    const { costs, override } = await scopes.readPrices(
      credentials,
      async at => ({
        costs: manifests
          ? await this.#ofManifests(at, manifests, currency)
          : readInfracost(infracost),
        override: await overrideOf(at, request),
      }),
    );
    const budget = await budgetLeft.of(entityRef, costs.currency, credentials);
    return guardReportOf(costs, {
      policy,
      budget,
      ...(override && { override }),
      now: now().toISOString(),
    });
  }

  async #ofManifests(
    at: ScopedStores,
    { cluster, before, after }: Manifests,
    currency: string | undefined,
  ): Promise<GuardCosts> {
    const { clusters, config, currencies, now, prices } = this.#options;
    if (!clusters.some(({ name }) => name === cluster)) {
      throw new InputError(
        `manifests.cluster ${isSaid(cluster)}; it must be one of ${clusters
          .map(({ name }) => name)
          .join(', ')}`,
      );
    }
    const conversion = currencies.conversionTo(currency);
    const today = calendarDayOf(now(), config.timezone);
    return compareManifestCosts({
      after: partsOf('after', after),
      ...(before && { before: partsOf('before', before) }),
      prices: {
        prices: convertPrices(
          await prices.read(at, cluster),
          conversion,
          today,
        ),
        nodeLabels: config.nodeLabels,
      },
    });
  }
}

/** Of a change of what the caller may see; nobody else is told of it. */
async function overrideOf(
  { budgetScopes, guardOverrides }: ScopedStores,
  { entityRef, change }: GuardRequest,
): Promise<GuardOverride | undefined> {
  if (entityRef === undefined || change === undefined) {
    return undefined;
  }
  const ref = readEntityRef(entityRef);
  return (await budgetScopes.has(ref))
    ? guardOverrides.newest(ref, change)
    : undefined;
}

function partsOf(
  side: 'before' | 'after',
  { files, unread }: Manifests['after'],
) {
  const read = readManifests(files);
  return guardedPartsOf({
    objects: read.objects,
    unread: [
      ...read.unread,
      ...kustomizationsAmong(read),
      // What nobody tells apart is not the same.
      ...unread.map(({ file, why, content = side }) => ({
        file,
        said: { message: why },
        content,
      })),
    ],
  });
}
