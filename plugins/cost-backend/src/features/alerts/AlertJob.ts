import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Fence, NoticeCourier, NoticeOutbox, Pacer } from '@headroom/node';
import {
  anomalyAlert,
  anomalySentence,
  budgetAlerts,
  planDelivery,
  ruleAlert,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { CostConfig } from '../../core/config/CostConfig';
import { AlertStore, WaitingAlert } from '../../database/alerts/AlertStore';
import { takeAnomalyEvents } from '../../database/alerts/AnomalyEventStore';
import { BudgetScopeStore } from '../../database/budgets/BudgetScopeStore';
import { BudgetStore } from '../../database/budgets/BudgetStore';
import { takeRuleEvents } from '../../database/rules/RuleStore';
import { INTERNAL } from '../../database/scope';
import { amountOf } from '../anomalies/amountOf';
import { hourOf } from '../anomalies/hourOf';
import { Audience, isNobody } from './Audience';
import { Channels } from './Channels';
import { Entitlement } from './Entitlement';
import { NoticeSender } from './NoticeSender';
import { partsOf } from './partsOf';
import { People } from './People';
import { CostNotice, ToldAlert, toNotices } from './toNotices';

/** Events that are taken in one transaction. */
const AT_A_TIME = 100;
/** After how long somebody is looked for again who is to be told. */
const LOOK_AGAIN_MS = 3_600_000;
/** What people were told is kept this long. */
const KEPT_MS = 90 * 86_400_000;
/** A mail server that is down this long is not waited for any more. */
const LONGEST_HOLD_MS = 86_400_000;
/** Seconds between two attempts, at most; and how many, over some 30 days. */
const LONGEST_WAIT_SECONDS = 900;
const MOST_ATTEMPTS = 2900;

/** @internal */
export interface AlertJobOptions {
  knex: Knex;
  fence: Fence;
  config: Pick<CostConfig, 'alerts' | 'currency' | 'timezone'>;
  catalog: CatalogService;
  auth: AuthService;
  sender: NoticeSender;
  channels: Channels;
  logger: LoggerService;
  now: () => Date;
}

/**
 * Tells people what happened to cost. Events are taken from where they were written
 * down and kept as alerts until it is time; alerts become notices, which are written
 * down before they are sent and stay until they were taken. Each step is one
 * transaction: stopped anywhere, it goes on from there.
 */
export class AlertJob {
  readonly #options: AlertJobOptions;
  readonly #alerts: AlertStore;
  readonly #budgets: BudgetStore;
  readonly #scopes: BudgetScopeStore;
  readonly #notices: NoticeOutbox<CostNotice>;
  readonly #courier: NoticeCourier<CostNotice>;
  /** Said once while it lasts. */
  readonly #said = new Set<string>();
  /** Thousands of alerts at once leave time for pages. */
  readonly #pacer = Pacer.create({ share: 1 / 3 });
  #hasLooked = false;

  static create(options: AlertJobOptions) {
    return new AlertJob(options);
  }

  private constructor(options: AlertJobOptions) {
    const { knex, sender, logger } = options;
    this.#options = options;
    this.#alerts = AlertStore.create({ knex });
    this.#budgets = BudgetStore.create({ knex });
    this.#scopes = BudgetScopeStore.create({ knex, scope: INTERNAL });
    this.#notices = NoticeOutbox.create({
      knex,
      table: 'cost_notices',
      longestWaitSeconds: LONGEST_WAIT_SECONDS,
    });
    this.#courier = NoticeCourier.create({
      outbox: this.#notices,
      send: notice => sender.send(notice),
      logger,
      mostAttempts: MOST_ATTEMPTS,
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    while (
      !signal.aborted &&
      (await this.#pacer.paced(() => this.#take(), signal))
    ) {
      // There are more.
    }
    signal.throwIfAborted();
    if (!this.#hasLooked) {
      // Who is to be told may be configured by now.
      await this.#alerts.lookAgain();
      this.#hasLooked = true;
    }
    await this.#plan(signal);
    await this.#alerts.forget(
      new Date(this.#options.now().getTime() - KEPT_MS),
    );
    await this.#deliver(signal);
  }

  /** @returns whether there may be more. */
  async #take(): Promise<boolean> {
    const { fence, knex, config, now } = this.#options;
    const amount = amountOf(config.currency);
    const hour = hourOf(config.timezone);
    return fence.write(knex, async tx => {
      const budgets = await this.#budgets.take(tx, AT_A_TIME, now());
      const anomalies = await takeAnomalyEvents(tx, AT_A_TIME, now());
      const rules = await takeRuleEvents(tx, AT_A_TIME, now());
      await this.#alerts.add(tx, [
        ...budgetAlerts(budgets),
        ...anomalies.map(({ anomaly, ...event }) =>
          anomalyAlert({
            ...event,
            anomaly: {
              ...anomaly,
              sentence: anomalySentence(anomaly, amount, hour),
            },
          }),
        ),
        ...rules.map(event => ruleAlert(event, amount)),
      ]);
      return [budgets, anomalies, rules].some(
        ({ length }) => length === AT_A_TIME,
      );
    });
  }

  async #plan(signal: AbortSignal): Promise<void> {
    const { config, now } = this.#options;
    const at = now();
    const waiting = await this.#alerts.waiting(at);
    const plan = planDelivery(waiting, config.alerts.rules, at);
    const due = [...plan.now, ...plan.merged];
    if (due.length === 0) {
      return;
    }
    const reached = await this.#reached(due);
    const lost = due.filter((_, i) => isNobody(reached[i]));
    if (lost.length > 0) {
      await this.#alerts.setAside(
        lost.map(({ id }) => id),
        new Date(at.getTime() + LOOK_AGAIN_MS),
      );
    }
    const told = new Map(due.map((alert, i) => [alert, reached[i]]));
    // An hour of a fleet may be over many rules: each reader is told of it once.
    const ofRules = plan.now.filter(({ kind }) => kind === 'rule');
    const others = plan.now.filter(({ kind }) => kind !== 'rule');
    const groups = [...byScope(others), ofRules, plan.merged].map(alerts =>
      alerts.flatMap(alert => {
        const who = told.get(alert);
        return who && !isNobody(who) ? [{ alert, reached: who }] : [];
      }),
    );
    for (const group of groups.filter(({ length }) => length > 0)) {
      signal.throwIfAborted();
      await this.#pacer.paced(() => this.#tell(group, at), signal);
    }
  }

  /** Hands alerts of one scope on, as notices to who is told. */
  async #tell(group: readonly ToldAlert[], at: Date): Promise<void> {
    const { fence, knex } = this.#options;
    const { id } = group[group.length - 1].alert;
    await fence.write(knex, async tx => {
      const ids = group.map(({ alert }) => alert.id);
      // Another turn may have handed them on meanwhile.
      if (!(await this.#alerts.told(tx, ids, at))) {
        return;
      }
      for (const notice of toNotices(group, id, at.toISOString())) {
        await this.#notices.add(tx, notice.key, notice);
      }
    });
  }

  async #reached(alerts: readonly WaitingAlert[]) {
    const { catalog, auth, config } = this.#options;
    const { readers, membersReadBelow, platformTeam } = config.alerts;
    const reached = await Audience.create({
      people: People.create({ catalog, auth }),
      entitlement: Entitlement.create({
        relations: await this.#scopes.relations(),
        parts: await partsOf(alerts, scopes =>
          this.#scopes.partOwners(scopes, config.timezone),
        ),
        readers,
        membersReadBelow,
      }),
      ...(platformTeam !== undefined && { platformTeam }),
    }).of(alerts);
    const lost = alerts.filter((_, i) => isNobody(reached[i]));
    this.#say(
      'nobody',
      lost.length > 0 &&
        `${
          lost.length
        } alerts about cost wait, as nobody in the catalog is to be told of them; headroom.cost.alerts.platformTeam ${
          platformTeam === undefined
            ? 'names a group that is told what nobody owns'
            : `is ${platformTeam}, which has no members`
        }`,
    );
    return reached;
  }

  async #deliver(signal: AbortSignal): Promise<void> {
    const { channels, now } = this.#options;
    const oldest = await this.#alerts.oldestNotice();
    if (!oldest) {
      return;
    }
    const down = await channels.down(signal);
    const isHeld =
      down !== undefined &&
      now().getTime() - oldest.getTime() < LONGEST_HOLD_MS;
    this.#say('down', down && `Notifications about cost wait: ${down}`);
    if (!isHeld) {
      await this.#courier.deliver(signal);
    }
  }

  #say(what: string, sentence: string | false | undefined): void {
    if (!sentence) {
      this.#said.delete(what);
    } else if (!this.#said.has(what)) {
      this.#said.add(what);
      this.#options.logger.warn(sentence);
    }
  }
}

function byScope(alerts: readonly WaitingAlert[]): WaitingAlert[][] {
  const scopes = new Map<string, WaitingAlert[]>();
  for (const alert of alerts) {
    scopes.set(alert.scope, [...(scopes.get(alert.scope) ?? []), alert]);
  }
  return [...scopes.values()];
}
