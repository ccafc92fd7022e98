import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ResponseError, toError } from '@backstage/errors';
import { CostApi, LinkedWorkload } from '@headroom/plugin-cost-common';
import { sayReport } from '@headroom/plugin-scaling-common';
import { LinkStore } from '../../database/LinkStore';
import { LinksState } from '../../core/LinksState';

/** @internal */
export interface LinkSyncOptions {
  auth: AuthService;
  costs: Pick<CostApi, 'getLinks'>;
  links: LinkStore;
  state: LinksState;
  logger: LoggerService;
  now: () => Date;
  onChanged: () => void;
}

/** Pages that a reading may have; at 5,000 links each. */
const MOST_PAGES = 400;

/**
 * Asks the cost back end which workload is which service's. While it can't be asked,
 * what it said last is known; a workload that it didn't name is nobody's.
 */
export class LinkSync {
  readonly #options: LinkSyncOptions;

  static create(options: LinkSyncOptions): LinkSync {
    return new LinkSync(options);
  }

  private constructor(options: LinkSyncOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { links, state, logger, now, onChanged } = this.#options;
    let read: LinkedWorkload[];
    try {
      read = await this.#read(signal);
    } catch (error) {
      if (!signal.aborted) {
        if (!state.problem) {
          logger.warn(
            `Which workload is which service's could not be asked of the cost plugin: ${
              toError(error).message
            }`,
          );
        }
        state.problem = sayReport(
          isMissing(error) ? 'costMissing' : 'costSilent',
        );
      }
      return;
    }
    const { changed } = await links.replaceAll(read, now());
    state.problem = undefined;
    if (changed) {
      onChanged();
    }
  }

  async #read(signal: AbortSignal): Promise<LinkedWorkload[]> {
    const { auth, costs } = this.#options;
    const read: LinkedWorkload[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'cost',
      });
      const answer = await costs.getLinks(
        { ...(cursor !== undefined && { cursor }) },
        { signal, token },
      );
      read.push(...answer.links);
      cursor = answer.cursor;
      if (cursor === undefined) {
        return read;
      }
    }
    throw new Error(
      `The cost plugin has more than ${MOST_PAGES} pages of links, which nobody has`,
    );
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ResponseError && error.statusCode === 404;
}
