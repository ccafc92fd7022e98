import { HOUR_MS } from '@headroom/common';
import { budgetScopeKey, RuleDayShare } from '@headroom/plugin-cost-common';
import { ConfiguredRule } from '../../core/config/readRules';
import { addHours } from '../../core/hours';
import { HourSpan, RuleInput } from '../../database/rules/RuleInputStore';
import {
  ruleStateKey,
  RuleTurn,
  RuleTurnResult,
  StoredRuleState,
} from '../../database/rules/RuleStore';
import { judge, Judgement } from './judge';
import { judgeUnseen } from './judgeUnseen';
import {
  clusterSubject,
  isOf,
  looksAt,
  RuleSubject,
  serviceSubject,
} from './subjects';
import { TeamHours } from './TeamHours';

/** Subjects of which nothing is known that are kept, a rule. */
const MOST_UNKNOWN = 200;

/** @internal */
export interface RuleRoundOptions {
  rules: readonly ConfiguredRule[];
  span: HourSpan;
  stored: readonly StoredRuleState[];
  shares: ReadonlyMap<string, RuleDayShare>;
  now: string;
}

/** One look at all subjects: what it finds is in its result. */
export class RuleRound {
  readonly #options: RuleRoundOptions;
  readonly #before: Map<string, StoredRuleState>;
  readonly #turns: Map<string, RuleTurn & { last: number }>;
  readonly #changed: StoredRuleState[] = [];
  readonly #events: RuleTurnResult['events'] = [];
  readonly #kept = new Set<string>();
  readonly #seen = new Set<string>();
  subjects = 0;

  static create(options: RuleRoundOptions) {
    return new RuleRound(options);
  }

  private constructor(options: RuleRoundOptions) {
    this.#options = options;
    this.#before = new Map(
      options.stored.map(each => [ruleStateKey(each), each]),
    );
    this.#turns = new Map(
      options.rules.map(({ id }) => [
        id,
        { ruleId: id, unknown: [], unknownCount: 0, last: -1 },
      ]),
    );
  }

  /** Judges what is there, and then what isn't any more. */
  async judgeAll(input: RuleInput, signal: AbortSignal): Promise<void> {
    const { span } = this.#options;
    const count = (span.to.getTime() - span.from.getTime()) / HOUR_MS;
    const clusters = new Map(input.clusters.map(each => [each.id, each]));
    const wholes = new Map(input.wholes.map(each => [each.clusterId, each]));
    const teams = TeamHours.create(input);
    for await (const service of input.services()) {
      signal.throwIfAborted();
      const subject = serviceSubject(service, clusters, count);
      teams.add(service.ownerRefs, subject.hours);
      this.#judge(subject);
    }
    teams.subjects().forEach(team => this.#judge(team));
    input.clusters.forEach(cluster =>
      this.#judge(clusterSubject(cluster, wholes.get(cluster.id), count)),
    );
    this.#judgeUnseen();
  }

  /** Of a rule that is switched off, or is not for it any more, nothing is kept or told. */
  #judgeUnseen(): void {
    const { rules, now } = this.#options;
    for (const [key, before] of this.#before) {
      const rule = rules.find(({ id }) => id === before.ruleId);
      if (rule && isOf(rule, before.subject) && !this.#seen.has(key)) {
        this.#keep(key, judgeUnseen(rule, before, now));
      }
    }
  }

  #keep(
    key: string,
    { stored, event }: Pick<Judgement, 'stored' | 'event'>,
  ): void {
    if (event) {
      this.#events.push(event);
    }
    if (stored) {
      this.#kept.add(key);
      if (JSON.stringify(stored) !== JSON.stringify(this.#before.get(key))) {
        this.#changed.push(stored);
      }
    }
  }

  #judge(found: RuleSubject): void {
    const { rules, shares, span, now } = this.#options;
    const dayShare = shares.get(budgetScopeKey(found.scope));
    const subject = {
      ...found,
      ...(dayShare !== undefined && { dayShare }),
    };
    this.subjects += 1;
    for (const rule of rules.filter(each => looksAt(each, subject))) {
      const key = ruleStateKey({ ruleId: rule.id, subject: subject.scope });
      const before = this.#before.get(key);
      const judgement = judge({
        rule,
        subject,
        from: span.from,
        ...(before && { before }),
        now,
      });
      this.#seen.add(key);
      this.#note(rule.id, subject, judgement.last, judgement.isUnknown);
      this.#keep(key, judgement);
    }
  }

  #note(
    ruleId: string,
    { scope }: RuleSubject,
    last: number,
    isUnknown: boolean,
  ): void {
    const turn = this.#turns.get(ruleId);
    if (!turn) {
      return;
    }
    turn.last = Math.max(turn.last, last);
    if (isUnknown) {
      turn.unknownCount += 1;
      if (turn.unknown.length < MOST_UNKNOWN) {
        turn.unknown.push(scope);
      }
    }
  }

  result(): RuleTurnResult {
    const { span } = this.#options;
    return {
      changed: this.#changed,
      dropped: [...this.#before.keys()].filter(key => !this.#kept.has(key)),
      events: this.#events,
      turns: [...this.#turns.values()].map(({ last, ...turn }) => ({
        ...turn,
        ...(last >= 0 && {
          through: addHours(span.from, last).toISOString(),
        }),
      })),
    };
  }
}
