import {
  canonicalJson,
  formatFieldPath,
  Json,
  KubernetesTarget,
  LedgerEntry,
} from '@headroom/common';
import { wordRightsizing } from '../rightsizing/sentences';
import { readRestoreRecord } from '../targets/restoreRecords';
import { AttributedStretch, attributeStretches } from './attributeStretches';
import { Stretch } from './types';

/** What of a line of the ledger tells when something held. @public */
export type EffectLine = Pick<
  LedgerEntry,
  | 'at'
  | 'event'
  | 'controller'
  | 'policyId'
  | 'subject'
  | 'target'
  | 'changes'
  | 'text'
>;

/** What a pull request is said to be once the cluster runs it. */
const RUNS = wordRightsizing('runs', { subject: '', url: '' }).wording.key;

/** A line about an object of a cluster. @public */
export type ClusterLine = Omit<EffectLine, 'text' | 'target'> & {
  target: KubernetesTarget;
};

/**
 * What a line tells of a cluster. A pull request changes nothing there until the
 * cluster is seen to run what was merged: then it is a write like any other.
 *
 * @returns undefined when it tells nothing of a cluster
 * @public
 */
export function clusterLineOf(line: EffectLine): ClusterLine | undefined {
  const { target, event, text, ...rest } = line;
  if (target.type === 'kubernetes') {
    return { ...rest, event, target };
  }
  return event === 'verified' && text.wording?.key === RUNS && target.runs
    ? { ...rest, ...target.runs, event: 'applied' }
    : undefined;
}

/** What was done for one policy to one workload, and when it held. @public */
export interface EffectOnWorkload {
  controller: string;
  policyId: string;
  cluster: string;
  /** e.g. `Deployment shop/web` */
  subject: string;
  /** How often something was written. */
  actions: number;
  /** Milliseconds since 1970 of the first write. */
  since: number;
  /** Whether it holds at the end. */
  inEffect: boolean;
  /** Uids of the objects on which it holds at the end. */
  objects: readonly string[];
}

/** What was done to one workload for all policies. @public */
export interface EffectsOnWorkload {
  cluster: string;
  /** e.g. `Deployment shop/web` */
  subject: string;
  /** Milliseconds since 1970 of the first write of all: the past ends there. */
  since: number;
  effects: readonly EffectOnWorkload[];
  /** When one of the effects held; disjoint from those of the others. */
  stretchesOf(effect: EffectOnWorkload): Stretch[];
}

/** Says for itself what it was before Headroom wrote; no part of what is saved. */
const NOTE = 'metadata.annotations["headroom.io/restore"]';

interface Field {
  uid: string;
  /** What the object is called, whichever it is. */
  object: string;
  was: Json;
  is: Json;
}

interface Open {
  controller: string;
  policyId: string;
  actions: number;
  since: number;
  /** By object and path. */
  fields: Map<string, Field>;
  heldFrom?: number;
  /** Beginning and end of each stretch in turn: a year of nights is some hundreds of them. */
  held: number[];
}

interface OpenWorkload {
  cluster: string;
  subject: string;
  /** By policy. */
  opens: Map<string, Open>;
}

/**
 * When what was done held, by policy and workload: from the first write that makes a
 * field other than it was until all fields are as they were again, or somebody else
 * has taken them. An instant at which several policies hold is counted for the one
 * that held first. Holds something of each policy and workload, and when it held, not
 * the lines.
 *
 * @public
 */
export class EffectsInLedger {
  readonly #all = new Map<string, OpenWorkload>();

  static create(): EffectsInLedger {
    return new EffectsInLedger();
  }

  private constructor() {}

  /** A line of the ledger, in the order of time. */
  add(line: EffectLine): void {
    const seen = clusterLineOf(line);
    if (seen) {
      this.#add(seen);
    }
  }

  #add(line: ClusterLine): void {
    const at = Date.parse(line.at);
    const open = openOf(this.#all, line);
    if (line.event === 'applied') {
      open.since = open.actions === 0 ? at : open.since;
      open.actions += 1;
      applyLine(open, line);
    } else if (line.event === 'undone') {
      takeBackLine(open, line);
    } else if (line.event === 'contested') {
      forgetLine(open, line);
    }
    settle(open, at);
  }

  /**
   * One workload after another, while no line is added.
   *
   * @param end - the instant up to which is counted, milliseconds since 1970
   */
  *until(end: number): Generator<EffectsOnWorkload> {
    for (const { cluster, subject, opens } of this.#all.values()) {
      const written = [...opens.values()].filter(({ actions }) => actions > 0);
      if (written.length > 0) {
        yield effectsOf({ cluster, subject }, written, end);
      }
    }
  }
}

function openOf(
  all: Map<string, OpenWorkload>,
  { controller, policyId, subject, target: { cluster } }: ClusterLine,
): Open {
  const ofWorkload = JSON.stringify([cluster, subject]);
  const workload = all.get(ofWorkload) ?? {
    cluster,
    subject,
    opens: new Map(),
  };
  all.set(ofWorkload, workload);
  const ofPolicy = idOf({ controller, policyId });
  const open: Open = workload.opens.get(ofPolicy) ?? {
    controller,
    policyId,
    actions: 0,
    since: 0,
    fields: new Map(),
    held: [],
  };
  workload.opens.set(ofPolicy, open);
  return open;
}

function idOf({
  controller,
  policyId,
}: Pick<Open, 'controller' | 'policyId'>): string {
  return JSON.stringify([controller, policyId]);
}

function nameOf({ kind, namespace = '', name }: KubernetesTarget): string {
  return JSON.stringify([kind, namespace, name]);
}

function keysOf({ target, changes }: ClusterLine) {
  const object = target.uid;
  return changes
    .map(change => ({ ...change, text: formatFieldPath(change.path) }))
    .filter(({ text }) => text !== NOTE)
    .map(change => ({ ...change, key: `${object} ${change.text}` }));
}

function applyLine(open: Open, line: ClusterLine): void {
  const givenUp = keysGivenUp(line);
  const uid = line.target.uid;
  const object = nameOf(line.target);
  for (const [key, field] of open.fields) {
    if (field.object === object && field.uid !== uid) {
      open.fields.delete(key); // of one of this name that is gone
    }
  }
  for (const { key, before, after } of keysOf(line)) {
    const field = open.fields.get(key);
    // What somebody else set meanwhile is what it would be without us.
    const was = field && same(field.is, before) ? field.was : before;
    open.fields.set(key, { uid, object, was, is: after });
  }
  givenUp.forEach(key => open.fields.delete(key));
}

/** Fields whose note the line gives up: from then on they are somebody else's. */
function keysGivenUp({ target, changes }: ClusterLine): string[] {
  const object = target.uid;
  return changes
    .filter(({ path }) => formatFieldPath(path) === NOTE)
    .flatMap(({ before, after }) => {
      const left = new Set(keysNoted(after));
      return keysNoted(before).filter(key => !left.has(key));
    })
    .map(key => `${object} ${key}`);
}

function keysNoted(note: Json): string[] {
  const record = readRestoreRecord(typeof note === 'string' ? note : undefined);
  return record && record !== 'unreadable' ? Object.keys(record.fields) : [];
}

/** From what was written to what was, by whomever; what was written on top of it stays. */
function takeBackLine(open: Open, line: ClusterLine): void {
  for (const { key, before, after } of keysOf(line)) {
    const field = open.fields.get(key);
    if (field && same(field.is, before)) {
      open.fields.set(key, { ...field, is: after });
    }
  }
}

function forgetLine(open: Open, line: ClusterLine): void {
  for (const { key } of keysOf(line)) {
    open.fields.delete(key);
  }
}

function holding({ fields }: Open): Field[] {
  return [...fields.values()].filter(({ was, is }) => !same(was, is));
}

function settle(open: Open, at: number): void {
  const holds = holding(open).length > 0;
  if (holds && open.heldFrom === undefined) {
    open.heldFrom = at;
  } else if (!holds && open.heldFrom !== undefined) {
    open.held.push(open.heldFrom, at);
    delete open.heldFrom;
  }
}

function effectsOf(
  workload: Pick<OpenWorkload, 'cluster' | 'subject'>,
  opens: readonly Open[],
  end: number,
): EffectsOnWorkload {
  let parts: Map<string, Stretch[]> | undefined;
  return {
    ...workload,
    since: Math.min(...opens.map(({ since }) => since)),
    effects: opens.map(open => {
      const { controller, policyId, actions, since, heldFrom } = open;
      return {
        ...workload,
        controller,
        policyId,
        actions,
        since,
        inEffect: heldFrom !== undefined,
        objects: [...new Set(holding(open).map(({ uid }) => uid))],
      };
    }),
    stretchesOf: effect => {
      parts ??= partsOf(opens, end);
      return parts.get(idOf(effect)) ?? [];
    },
  };
}

/** When each policy's held, each instant once. */
function partsOf(opens: readonly Open[], end: number): Map<string, Stretch[]> {
  const parts = new Map<string, Stretch[]>();
  for (const { id, from, to } of attributeStretches(
    opens.flatMap(open => heldUntil(open, end)),
  )) {
    const ofIt = parts.get(id) ?? [];
    ofIt.push({ from, to });
    parts.set(id, ofIt);
  }
  return parts;
}

function heldUntil(open: Open, end: number): AttributedStretch[] {
  const { held, heldFrom } = open;
  const id = idOf(open);
  const stretches: AttributedStretch[] = [];
  for (let at = 0; at < held.length; at += 2) {
    stretches.push({ id, from: held[at], to: held[at + 1] });
  }
  if (heldFrom !== undefined && heldFrom < end) {
    stretches.push({ id, from: heldFrom, to: end });
  }
  return stretches;
}

function same(a: Json, b: Json): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}
