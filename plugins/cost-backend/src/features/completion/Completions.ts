import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  CompletionReport,
  foldCompletion,
  LevelTolerance,
} from '@headroom/plugin-cost-common';
import { CostScopes } from '../../core/CostScopes';

/** @internal */
export interface CompletionsOptions {
  scopes: CostScopes;
  /** Ids of unit metrics, in the order of their importance. */
  metrics: readonly string[];
  tolerance: LevelTolerance;
}

/** The newest completion report for a caller: of the rows that the caller may see. */
export class Completions {
  readonly #options: CompletionsOptions;
  /** Of who may see everything: what is kept changes once a day, and is the most to read. */
  #whole: CompletionReport | undefined;

  static create(options: CompletionsOptions) {
    return new Completions(options);
  }

  private constructor(options: CompletionsOptions) {
    this.#options = options;
  }

  /**
   * @throws NotFoundError while there is no report; NotAllowedError when the caller may
   * see nothing.
   */
  async report(credentials: BackstageCredentials): Promise<CompletionReport> {
    const { scopes, metrics, tolerance } = this.#options;
    return scopes.read('fleet', credentials, async at => {
      const header = await at.completion.header();
      if (!header) {
        throw new NotFoundError(
          'There is no completion report yet; it is made when fourteen days are closed for 48 hours and summed',
        );
      }
      const { isEverything } = at.scope;
      if (isEverything && this.#whole?.madeAt === header.madeAt) {
        return this.#whole;
      }
      const report = foldCompletion(
        header,
        await at.completion.rows(header.madeAt),
        { metrics, tolerance, restricted: !isEverything },
      );
      if (isEverything) {
        this.#whole = report;
      }
      return report;
    });
  }
}
