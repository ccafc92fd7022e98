import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  CostApi,
  AdviceDetail,
  podPatchOf,
} from '@headroom/plugin-cost-common';
import { TakenAdvice } from '@headroom/plugin-scaling-common';

/** An advice as the cost back end has it, and what of it can be applied. */
export interface ReadAdvice {
  detail: AdviceDetail;
  /** Absent = it proposes no change. */
  taken?: TakenAdvice;
}

/** Reads advice of the cost back end, as whoever asks may. */
export class AdviceOfCosts {
  readonly #auth: AuthService;
  readonly #costs: Pick<CostApi, 'getAdviceDetail'>;

  static create(options: {
    auth: AuthService;
    costs: Pick<CostApi, 'getAdviceDetail'>;
  }): AdviceOfCosts {
    return new AdviceOfCosts(options);
  }

  private constructor(options: Parameters<typeof AdviceOfCosts.create>[0]) {
    this.#auth = options.auth;
    this.#costs = options.costs;
  }

  /** @throws what the cost back end answers: not found, not allowed, unavailable. */
  async read(
    id: string,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<ReadAdvice> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'cost',
    });
    const detail = await this.#costs.getAdviceDetail(id, {}, { token, signal });
    const { advice, row, currency, explanation } = detail;
    const patch = podPatchOf(advice);
    if (advice.status !== 'change' || !patch) {
      return { detail };
    }
    const saving = row.realisableSaving ?? row.listSaving;
    return {
      detail,
      taken: {
        id,
        patch,
        moves: advice.hpa.filter(
          move => move.proposedTarget !== move.currentTarget,
        ),
        explanation: [explanation.cpu, explanation.memory],
        link: `/cost/advice/${encodeURIComponent(id)}`,
        ...(saving !== undefined && { savingPerMonth: saving }),
        currency,
      },
    };
  }
}
