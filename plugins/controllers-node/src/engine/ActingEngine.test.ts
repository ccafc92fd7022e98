import { mockServices } from '@backstage/backend-test-utils';
import { PlanDraft, StoredPlan, targetKey } from '@headroom/common';
import { Knex } from 'knex';
import { PREFIX, TestPostgres } from '../__testUtils__/database';
import {
  action,
  CLUSTER,
  draft,
  factSource,
  INVENTORY,
  target,
  world,
} from '../__testUtils__/drafts';
import { FakeWorld } from '../__testUtils__/FakeWorld';
import { Actuator, ActuatorError } from '../actuators';
import { WorldFacts } from '../guards';
import { ActingEngine } from './ActingEngine';
import { EnginePoint } from './Reach';
import { EngineChange, Verifier } from './types';

const { signal } = new AbortController();
const postgres = TestPostgres.create();
const ANNA = 'user:default/anna';
const BORIS = 'user:default/boris';
const ok: Verifier = async () => ({ outcome: 'ok' });

let knex: Knex;
let facts: { now: WorldFacts };
let objects: FakeWorld;
let told: EngineChange[];
let stopAt: EnginePoint | undefined;

beforeAll(async () => {
  knex = await postgres.migrated();
});

beforeEach(async () => {
  // The ledger can't be emptied: tests have names of their own for what they read in it.
  for (const table of [
    'plans',
    'kill_switches',
    'contests',
    'told',
    'leases',
  ]) {
    await knex(`${PREFIX}_${table}`).delete();
  }
  facts = { now: world() };
  objects = FakeWorld.create({ web: 3, api: 3, jobs: 3 });
  told = [];
  stopAt = undefined;
});

class StoppedError extends Error {}

function engine(
  over: Partial<Parameters<typeof ActingEngine.create>[0]> = {},
): ActingEngine {
  return ActingEngine.create({
    knex,
    prefix: PREFIX,
    logger: mockServices.logger.mock(),
    actuators: [objects],
    facts: factSource(facts),
    onChange: changes => void told.push(...changes),
    at: async point => {
      if (point === stopAt) {
        stopAt = undefined;
        throw new StoppedError(point);
      }
    },
    ...over,
  });
}

/** One cycle of a controller: plan, do, ask what became of it. */
async function cycle(
  drafts: PlanDraft[],
  { on = engine(), verifier = ok } = {},
) {
  const result = await on.lead(signal, async lease => {
    const submitted = await on.submit(drafts, { signal, lease });
    const applied = await on.apply(lease, { signal });
    const verified = await on.verify(lease, verifier, { signal });
    return { submitted, applied, verified };
  });
  if (!result) {
    throw new Error('another process leads');
  }
  return result;
}

async function plans(on = engine()): Promise<StoredPlan[]> {
  return (await on.plans.list({})).rows;
}

async function stateOf(name: string): Promise<string[]> {
  return (await plans())
    .flatMap(plan => plan.actions)
    .filter(({ subject }) => subject === `Deployment shop/${name}`)
    .map(({ state }) => state);
}

async function events(actionId: string): Promise<string[]> {
  const rows = await knex(`${PREFIX}_ledger`)
    .where({ action_id: actionId })
    .orderBy('sequence');
  return rows.map(row => row.event);
}

it('is not verified while a later write of the same field has no outcome', async () => {
  const notYet = async () => ({ outcome: 'notYet' as const });
  await cycle([draft([action('web')])], { verifier: notYet });
  // As of a process that died between a later intent and its write.
  const table = `${PREFIX}_actions`;
  await knex.raw(
    `INSERT INTO ${table} (plan_id, position, planned, text_hash, target_key, subject, direction, changes, state)
     SELECT plan_id, 1, planned, 'later', target_key, subject, direction, changes, 'intended' FROM ${table}`,
  );
  const on = engine();
  const verify = () =>
    on.lead(signal, lease => on.verify(lease, ok, { signal }));
  expect(await verify()).toEqual({ verified: 0, undone: 0, notYet: 1 });
  await knex(table).where({ text_hash: 'later' }).delete();
  expect(await verify()).toEqual({ verified: 1, undone: 0, notYet: 0 });
});

describe('what is enforced', () => {
  it('is planned, written once, verified and in the ledger', async () => {
    const { applied, verified } = await cycle([draft([action('web')])]);
    expect(applied).toMatchObject({ applied: 1, failed: 0, waiting: 0 });
    expect(verified).toEqual({ verified: 1, undone: 0, notYet: 0 });
    expect(objects.objects.get('web')!.value).toBe(1);
    expect(objects.writes).toHaveLength(1);
    expect(objects.dryRuns).toBe(1);
    const [plan] = await plans();
    expect(plan.actions[0]).toMatchObject({ state: 'verified', vetoes: [] });
    expect(plan.actions[0].appliedAt).toEqual(expect.any(String));
    expect(await events(plan.actions[0].id)).toEqual(['applied', 'verified']);
    expect(told.map(({ what }) => what)).toEqual([
      'planned',
      'intended',
      'applied',
      'verified',
    ]);
    const { rows } = await engine().ledger.list({ policyId: 'nights' });
    expect(rows[0]).toMatchObject({
      event: 'verified',
      by: 'policy:nights',
      token: expect.any(Number),
      changes: [{ path: ['spec', 'minReplicas'], before: 3, after: 1 }],
    });
  });

  it('is not done a second time while it settles, whatever an old snapshot wants', async () => {
    const wish = draft([action('web')]);
    const notYet: Verifier = async () => ({ outcome: 'notYet' });
    await cycle([wish], { verifier: notYet });
    const again = await cycle([wish], { verifier: notYet });
    expect(again.submitted.created).toEqual([]);
    expect(objects.writes).toHaveLength(1);
  });

  it('is superseded when nothing, or something else, is wanted', async () => {
    const on = engine();
    facts.now = world({
      freezeWindows: [
        {
          title: 'Sale',
          from: '2020-01-01T00:00:00Z',
          to: '2100-01-01T00:00:00Z',
        },
      ],
    });
    await cycle([draft([action('web')])], { on });
    expect(await stateOf('web')).toEqual(['vetoed']);
    const { submitted } = await cycle([draft([])], { on });
    expect(submitted.superseded).toBe(1);
    expect(await stateOf('web')).toEqual(['superseded']);
    expect(objects.writes).toEqual([]);
  });

  it('goes on by itself when the guards have nothing against it any more', async () => {
    facts.now = world({ inventories: new Map() });
    await cycle([draft([action('web')])]);
    const [vetoed] = await plans();
    expect(vetoed.actions[0].vetoes).toMatchObject([{ guard: 'inventory' }]);
    facts.now = world();
    await cycle([draft([action('web')])]);
    const all = await plans();
    expect(all).toHaveLength(1);
    expect(all[0].actions[0].state).toBe('verified');
  });

  it('asks the guards again right before it is done', async () => {
    let asked = 0;
    const on = engine({
      facts: async () => {
        asked += 1;
        return asked === 1 ? world() : world({ inventories: new Map() });
      },
    });
    const { applied } = await cycle([draft([action('web')])], { on });
    expect(applied).toMatchObject({ applied: 0, vetoed: 1 });
    expect(objects.writes).toEqual([]);
  });

  it('takes capacity from no more workloads at once than it may, and gives it to all', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `w${at}`);
    objects = FakeWorld.create(
      Object.fromEntries(names.map(name => [name, 3])),
    );
    const down = await cycle([draft(names.map(name => action(name)))]);
    expect(down.applied).toMatchObject({ applied: 0, vetoed: 30 });
    const up = await cycle([
      draft(names.map(name => action(name, { after: 5 }))),
    ]);
    expect(up.applied).toMatchObject({ applied: 30, vetoed: 0 });
  });
});

it('counts a workload once a day, however often it sleeps', async () => {
  const names = Array.from({ length: 20 }, (_, at) => `w${at}`);
  objects = FakeWorld.create(Object.fromEntries(names.map(name => [name, 4])));
  // Four times 20 of 100 workloads, of which 60 may be.
  for (const after of [3, 2, 1, 0]) {
    const { applied } = await cycle([
      draft(names.map(name => action(name, { before: after + 1, after }))),
    ]);
    expect(applied).toMatchObject({ applied: 20, vetoed: 0 });
  }
});

it('counts a workload once, however many of its pods are written', async () => {
  const pods = Array.from({ length: 70 }, (_, at) => `pod-${at}`);
  objects = FakeWorld.create(Object.fromEntries(pods.map(name => [name, 3])));
  const resized = draft(
    pods.map(name => ({ ...action(name), subject: 'Deployment shop/web' })),
  );
  const enforced = await cycle([resized]);
  expect(enforced.applied).toMatchObject({ applied: 70, vetoed: 0 });
  // Nor does the day have more of them.
  const other = { ...action('pod-1', { after: 2 }), subject: 'Job shop/next' };
  const later = await cycle([draft([other], { policyId: 'advice' })]);
  expect(later.applied.vetoed).toBe(0);
});

describe('what is observed', () => {
  it('is shown and not done', async () => {
    const { applied } = await cycle([
      draft([action('web')], { mode: 'observe' }),
    ]);
    expect(applied).toMatchObject({ applied: 0 });
    expect(await stateOf('web')).toEqual(['planned']);
  });
});

describe('what is proposed', () => {
  const proposed = (over: Partial<PlanDraft> = {}) =>
    draft([action('web')], { mode: 'propose', ...over });

  const approve = (plan: StoredPlan, by = ANNA, hash = plan.hash) =>
    engine().decide(plan.id, { decision: 'approved', by, hash });

  it('waits for an approval, and is then done', async () => {
    await cycle([proposed()]);
    const [plan] = await plans();
    expect(plan.actions[0].state).toBe('waiting');
    expect((await approve(plan)).decision).toMatchObject({ by: ANNA });
    await cycle([proposed()]);
    expect(objects.writes).toHaveLength(1);
    const { rows } = await engine().ledger.list({ events: ['applied'] });
    expect(rows[0].approvedBy).toBe(ANNA);
  });

  it('keeps its approval while only the version of its target moves', async () => {
    await cycle([proposed()]);
    const [plan] = await plans();
    await approve(plan);
    objects.touch('web');
    const moved = { target: target('web', '2') };
    await cycle([proposed({ actions: [action('web', moved)] })]);
    expect(objects.writes).toHaveLength(1);
  });

  it('wants another approval when something else is planned', async () => {
    await cycle([proposed()]);
    const [plan] = await plans();
    await approve(plan);
    await cycle([proposed({ actions: [action('web', { after: 2 })] })]);
    expect(objects.writes).toEqual([]);
    const [later, before] = await plans();
    expect(before.actions[0].state).toBe('superseded');
    expect(later.actions[0].state).toBe('waiting');
    await expect(approve(plan)).rejects.toThrow(/not wanted any more/);
    await expect(approve(later, ANNA, plan.hash)).rejects.toThrow(
      /another by now/,
    );
  });

  it('is not approved by who asked for it where two persons must', async () => {
    await cycle([proposed({ twoPersons: true, requestedBy: ANNA })]);
    const [plan] = await plans();
    await expect(approve(plan, ANNA)).rejects.toThrow(/second person/);
    await approve(plan, BORIS);
    await cycle([proposed({ twoPersons: true, requestedBy: ANNA })]);
    expect(objects.writes).toHaveLength(1);
  });

  it('is over when its time is', async () => {
    await cycle([proposed({ validSeconds: 0 })]);
    const [plan] = await plans();
    await expect(approve(plan)).rejects.toThrow(/time is over/);
  });

  it('stays rejected while the same is wanted', async () => {
    await cycle([proposed()]);
    const [plan] = await plans();
    await engine().decide(plan.id, {
      decision: 'rejected',
      by: ANNA,
      hash: plan.hash,
      reason: 'Not tonight',
    });
    const { submitted } = await cycle([proposed()]);
    expect(submitted).toMatchObject({ created: [], kept: 1 });
    expect(await stateOf('web')).toEqual(['rejected']);
    // Who said no may say yes.
    await approve(plan);
    await cycle([proposed()]);
    expect(objects.writes).toHaveLength(1);
  });

  it('keeps the approval of what is left when a part is done', async () => {
    const both = [action('web'), action('api')];
    const notYet: Verifier = async () => ({ outcome: 'notYet' });
    await cycle([proposed({ actions: both })]);
    const [plan] = await plans();
    await approve(plan);
    objects.fault('dryRun', { fails: 'wait', retryAfterMs: 0 });
    await cycle([proposed({ actions: both })], { verifier: notYet });
    expect(objects.writes).toHaveLength(1);
    await cycle([proposed({ actions: [action('web')] })], {
      verifier: notYet,
    });
    expect(objects.writes.map(({ key }) => key).sort()).toEqual([
      'api to 1',
      'web to 1',
    ]);
    expect(await plans()).toHaveLength(1);
  });
});

describe('a target that answers otherwise', () => {
  it('is looked at again when it was changed meanwhile, and written on its new version', async () => {
    objects.fault('apply', { fails: 'conflict' });
    const { applied } = await cycle([draft([action('web')])]);
    expect(applied.applied).toBe(1);
    expect(objects.writes).toHaveLength(1);
  });

  it('is left alone when somebody else has set the field', async () => {
    objects.set('web', 7);
    const { applied } = await cycle([draft([action('web')])]);
    expect(applied.superseded).toBe(1);
    const [plan] = await plans();
    expect(plan.actions[0].remark?.message).toBe(
      'spec.minReplicas is not what it was when this was planned.',
    );
    expect(await events(plan.actions[0].id)).toEqual([]);
  });

  it('is waited for when it says not now', async () => {
    objects.fault('apply', { fails: 'wait', retryAfterMs: 60_000 });
    const first = await cycle([draft([action('web')])]);
    expect(first.applied.waiting).toBe(1);
    const second = await cycle([draft([action('web')])]);
    expect(second.applied).toMatchObject({ applied: 0, waiting: 0 });
    await knex(`${PREFIX}_actions`).update({ not_before: knex.fn.now() });
    expect((await cycle([draft([action('web')])])).applied.applied).toBe(1);
  });

  it('says which permission is missing, and is not asked each minute', async () => {
    objects.fault('dryRun', { fails: 'forbidden', mend: 'verbs: [patch]' });
    const { applied } = await cycle([draft([action('web')])]);
    expect(applied.failed).toBe(1);
    const [plan] = await plans();
    expect(plan.actions[0]).toMatchObject({
      state: 'failed',
      mend: 'verbs: [patch]',
    });
    expect(await events(plan.actions[0].id)).toEqual(['refused']);
    expect(await engine().failed()).toMatchObject([
      { subject: 'Deployment shop/web', mend: 'verbs: [patch]' },
    ]);
    const again = await cycle([draft([action('web')])]);
    expect(again.submitted.created).toEqual([]);
    await knex(`${PREFIX}_actions`).update({
      state_since: knex.raw("now() - interval '20 minutes'"),
    });
    expect(await engine().failed()).toEqual([]);
    expect((await cycle([draft([action('web')])])).applied.applied).toBe(1);
  });
});

describe('an intent without outcome', () => {
  const wish = [draft([action('web')])];

  it.each([
    'looked',
    'intending',
    'intended',
    'writing',
    'written',
    'concluded',
  ] as const)('is told by looking after a stop at: %s', async point => {
    stopAt = point;
    await expect(cycle(wish)).rejects.toThrow(StoppedError);
    await cycle(wish);
    expect(objects.objects.get('web')!.value).toBe(1);
    expect(objects.writes).toHaveLength(1);
    const [plan] = await plans();
    expect(plan.actions[0].state).toBe('verified');
    expect(await events(plan.actions[0].id)).toEqual(['applied', 'verified']);
  });

  it('is told at once when the answer was lost', async () => {
    objects.fault('apply', { lost: true });
    const { applied } = await cycle(wish);
    expect(applied.applied).toBe(1);
    expect(objects.writes).toHaveLength(1);
  });

  it('can not be made late: it was fenced off, and is made anew', async () => {
    let land = () => {};
    objects.fault('apply', { late: new Promise<void>(done => (land = done)) });
    const first = await cycle(wish);
    expect(first.applied).toMatchObject({ applied: 0, waiting: 1 });
    expect(objects.fences).toBe(1);
    land();
    await new Promise(setImmediate);
    expect(objects.writes).toEqual([]);
    await cycle(wish);
    expect(objects.writes).toHaveLength(1);
  });

  it('is asked about when its object is gone, and never repeated', async () => {
    stopAt = 'intended';
    await expect(cycle(wish)).rejects.toThrow(StoppedError);
    objects.objects.delete('web');
    await cycle(wish);
    const [plan] = await plans();
    expect(plan.actions[0].state).toBe('unresolved');
    const [{ id }] = plan.actions;
    const resolution = { done: true, by: ANNA, reason: 'I saw it' };
    await engine().resolve(id, resolution);
    await expect(engine().resolve(id, resolution)).rejects.toThrow(
      /only what is unresolved/,
    );
    expect(await events(id)).toEqual(['unresolved', 'resolved', 'applied']);
  });

  it('is asked about when its value is there and nothing says by whom', async () => {
    stopAt = 'intended';
    await expect(cycle(wish)).rejects.toThrow(StoppedError);
    objects.set('web', 1);
    await cycle(wish);
    expect(await stateOf('web')).toEqual(['unresolved']);
    expect((await engine().plans.counts()).unresolved).toBe(1);
    const [plan] = await plans();
    await engine().resolve(plan.actions[0].id, {
      done: false,
      by: ANNA,
      reason: 'It was me',
    });
    expect(await stateOf('web')).toEqual(['superseded']);
  });

  it('is not looked after while everything is stopped', async () => {
    stopAt = 'intended';
    await expect(cycle(wish)).rejects.toThrow(StoppedError);
    await engine().killSwitches.set({ on: true, by: ANNA, reason: 'Outage' });
    await cycle(wish);
    expect(objects.fences).toBe(0);
    expect(await stateOf('web')).toEqual(['intended']);
    await engine().killSwitches.set({ on: false, by: ANNA, reason: 'Over' });
    await cycle(wish);
    expect(await stateOf('web')).toEqual(['verified']);
  });
});

describe('the kill switch', () => {
  it('stops everything, or one service', async () => {
    const on = engine();
    await on.killSwitches.set({
      entityRef: 'component:default/web',
      on: true,
      by: ANNA,
      reason: 'Incident',
    });
    const first = await cycle([draft([action('web'), action('api')])]);
    expect(first.applied).toMatchObject({ applied: 1, vetoed: 1 });
    await on.killSwitches.set({ on: true, by: ANNA, reason: 'Outage' });
    const [plan] = await plans();
    const web = plan.actions.find(({ state }) => state === 'vetoed')!;
    expect(web.vetoes[0].reason.message).toBe(
      'user:default/anna stopped what is done to component:default/web: Incident',
    );
    expect(told).toContainEqual({
      what: 'kill-switch',
      entityRef: 'component:default/web',
    });
  });

  it('is seen between the guards and the write', async () => {
    const on: ActingEngine = engine({
      at: async point => {
        if (point === 'intending') {
          await on.killSwitches.set({ on: true, by: ANNA, reason: 'Now' });
        }
      },
    });
    const { applied } = await cycle([draft([action('web')])], { on });
    expect(applied).toMatchObject({ applied: 0, waiting: 1 });
    expect(objects.writes).toEqual([]);
    expect(await stateOf('web')).toEqual(['vetoed']);
  });
});

describe('an undo', () => {
  const wish = [draft([action('web')])];
  const bad: Verifier = async () => ({
    outcome: 'undo',
    reason: { message: 'It was killed for want of memory.' },
  });

  it('takes back what went wrong, by itself, and what it took back is not done again', async () => {
    const first = await cycle(wish, { verifier: bad });
    expect(first.verified.undone).toBe(1);
    await cycle([draft([])]);
    expect(objects.objects.get('web')!.value).toBe(3);
    const [undo, plan] = await plans();
    expect(undo.actions[0]).toMatchObject({
      undoOf: plan.actions[0].id,
      state: 'verified',
    });
    expect(plan.actions[0]).toMatchObject({
      state: 'undone',
      remark: {
        message: 'It was taken back: It was killed for want of memory.',
      },
    });
    expect(await events(plan.actions[0].id)).toEqual(['applied', 'undone']);
    expect(await events(undo.actions[0].id)).toEqual(['applied']);
    const again = await cycle(wish);
    expect(again.submitted.created).toEqual([]);
    expect(objects.writes).toHaveLength(2);
  });

  it('is asked for by a person, once', async () => {
    await cycle(wish);
    const [plan] = await plans();
    const request = { by: ANNA, reason: { message: 'Too slow' } };
    await engine().undo(plan.actions[0].id, request);
    await expect(engine().undo(plan.actions[0].id, request)).rejects.toThrow(
      /already/,
    );
    await cycle([draft([])]);
    expect(objects.objects.get('web')!.value).toBe(3);
  });

  it('leaves alone what somebody else has changed since', async () => {
    await cycle(wish);
    const [plan] = await plans();
    await engine().undo(plan.actions[0].id, {
      by: ANNA,
      reason: { message: 'Too slow' },
    });
    objects.set('web', 8);
    await cycle([draft([])]);
    expect(objects.objects.get('web')!.value).toBe(8);
    expect((await plans())[1].actions[0]).toMatchObject({
      state: 'undone',
      remark: { message: expect.stringContaining('Somebody else') },
    });
  });
});

describe('actions that are one change', () => {
  const both = [
    draft([
      action('web', { group: 'advice' }),
      action('api', { group: 'advice' }),
      action('jobs'),
    ]),
  ];

  it('are all kept from being done by what keeps one of them', async () => {
    facts.now = world({
      targets: new Map([
        [
          targetKey(target('api')),
          {
            fieldManagers: [
              { manager: 'argocd', path: ['spec'], gitops: true },
            ],
          },
        ],
      ]),
    });
    const { applied } = await cycle(both);
    expect(applied).toMatchObject({ applied: 1, vetoed: 2 });
    expect(objects.writes.map(({ key }) => key)).toEqual(['jobs to 1']);
    const [plan] = await plans();
    expect(plan.actions[0]).toMatchObject({
      state: 'vetoed',
      vetoes: [{ guard: 'gitops' }],
    });
    facts.now = world();
    await cycle(both);
    expect(objects.writes).toHaveLength(3);
  });

  it('are not begun where what follows is refused', async () => {
    const follows = action('api', {
      group: 'advice',
      waitsFor: { target: target('web'), fields: [] },
    });
    const on = engine();
    const wish = [draft([action('web', { group: 'advice' }), follows])];
    await on.lead(signal, lease => on.submit(wish, { signal, lease }));
    const dryRun = jest.spyOn<Actuator, 'dryRun'>(objects, 'dryRun');
    dryRun.mockImplementation(async ({ subject, waitsFor }) => {
      if (subject === follows.subject) {
        throw new ActuatorError(
          waitsFor
            ? { kind: 'wait', said: { message: 'Not yet.' } }
            : { kind: 'forbidden', said: { message: 'It may not patch it.' } },
        );
      }
    });
    const applied = await on.lead(signal, lease => on.apply(lease, { signal }));
    expect(applied).toMatchObject({ failed: 1, waiting: 1, applied: 0 });
    expect(objects.writes).toHaveLength(0);
    expect(await stateOf('web')).toEqual(['failed']);
  });

  it('are taken back together', async () => {
    await cycle(both);
    const plan = (await plans())[0];
    await engine().undo(plan.actions[1].id, {
      by: ANNA,
      reason: { message: 'Too slow' },
    });
    await cycle([draft([])]);
    expect(
      ['web', 'api', 'jobs'].map(name => objects.objects.get(name)!.value),
    ).toEqual([3, 3, 1]);
    expect(await stateOf('web')).toEqual(
      expect.arrayContaining(['undone', 'verified']),
    );
    await expect(
      engine().undo(plan.actions[0].id, {
        by: ANNA,
        reason: { message: 'Too slow' },
      }),
    ).rejects.toThrow(/only what was done and stands/);
  });
});

describe('who takes back what was written', () => {
  it('is noticed, and after the second time the target is left alone', async () => {
    const notYet: Verifier = async () => ({ outcome: 'notYet' });
    for (const round of [1, 2]) {
      await cycle([draft([action('web', { key: `web ${round}` })])], {
        verifier: notYet,
      });
      objects.set('web', 3, 'argocd-controller');
      const [applied] = await engine().appliedWithin(60);
      await engine().noticeReverts([
        {
          actionId: applied.id,
          manager: 'argocd-controller',
          mend: 'ignoreDifferences: []',
        },
      ]);
    }
    expect(await engine().contests.list()).toMatchObject([
      {
        policyId: 'nights',
        manager: 'argocd-controller',
        reverts: 2,
        contestedAt: expect.any(String),
        mend: 'ignoreDifferences: []',
      },
    ]);
    await cycle([draft([action('web', { key: 'web 3' })])]);
    expect(objects.writes).toHaveLength(2);
    const [plan] = await plans();
    expect(plan.actions[0].vetoes).toMatchObject([
      { guard: 'contested', mend: 'ignoreDifferences: []' },
    ]);
    expect(await engine().contests.clear({ policyId: 'nights' })).toBe(true);
    await cycle([draft([action('web', { key: 'web 3' })])]);
    expect(objects.writes).toHaveLength(3);
  });

  it('is noticed by looking when it settled', async () => {
    const never: Verifier = async () => ({ outcome: 'notYet' });
    await cycle([draft([action('web')])], { verifier: never });
    objects.set('web', 3, 'kustomize-controller');
    const { verified } = await cycle([]);
    expect(verified.undone).toBe(1);
    const [plan] = await plans();
    expect(plan.actions[0].remark?.message).toBe(
      'kustomize-controller took it back.',
    );
  });

  it('is nobody where an autoscaler goes on from what it was woken to', async () => {
    const wake = action('web', { before: 3, after: 5 });
    const never: Verifier = async () => ({ outcome: 'notYet' });
    await cycle([draft([wake])], { verifier: never });
    objects.set('web', 9, 'kube-controller-manager');
    const { verified } = await cycle([]);
    expect(verified).toMatchObject({ verified: 1, undone: 0 });
    const [plan] = await plans();
    expect(plan.actions[0].state).toBe('verified');
    expect(await events(plan.actions[0].id)).toEqual(['applied', 'verified']);
  });
});

it('does not take a later write of its own for one of somebody else', async () => {
  const on = engine({
    limits: { contested: { withinSeconds: 600, times: 1 } },
  });
  const never: Verifier = async () => ({ outcome: 'notYet' });
  await cycle([draft([action('web')])], { on, verifier: never });
  const back = action('web', { before: 1, after: 3 });
  const { verified } = await cycle([draft([back])], { on, verifier: never });
  expect(verified).toEqual({ verified: 0, undone: 0, notYet: 1 });
  expect((await on.appliedWithin(60)).map(({ key }) => key)).toEqual([
    'web to 3',
  ]);
  expect(await on.contests.list()).toEqual([]);
});

describe('two replicas', () => {
  it('do not lead at the same time', async () => {
    const [one, other] = [engine(), engine()];
    const led = await one.lead(signal, async () =>
      other.lead(signal, async () => 'led'),
    );
    expect(led).toBeUndefined();
    expect(await other.lead(signal, async () => 'led')).toBe('led');
  });

  it('write nothing after another has the lease', async () => {
    const slow = engine({ leaseMs: 200, leaseMarginMs: 10 });
    const other = engine();
    const wish = [draft([action('web')])];
    await other.submit(wish, { signal });
    const on: ActingEngine = engine({
      leaseMs: 200,
      leaseMarginMs: 10,
      at: async point => {
        if (point === 'writing') {
          // As a process that is stopped: it renews nothing.
          await knex(`${PREFIX}_leases`).update({
            expires_at: knex.fn.now(),
          });
          await other.lead(signal, lease => other.apply(lease, { signal }));
        }
      },
    });
    // The write comes late and is refused by the version; its outcome by the token.
    await on.lead(signal, lease => on.apply(lease, { signal }));
    expect(objects.writes).toHaveLength(1);
    expect(await stateOf('web')).toEqual(['done']);
    expect(await slow.lead(signal, async () => 1)).toBe(1);
  });
});

describe('pages', () => {
  const scope = {
    sql: 'e.owner_refs && ?::text[]',
    bindings: ['{group:default/shop}'],
  };

  beforeEach(async () => {
    await knex(`${PREFIX}_entities`).delete();
    await knex(`${PREFIX}_entities`).insert({
      entity_ref: 'component:default/web',
      kind: 'component',
      namespace: 'default',
      name: 'web',
      owner_refs: ['group:default/shop'],
      labels: '{}',
      annotations: '{}',
    });
  });

  it('show what the reader may see, and count what they may not', async () => {
    const on = engine();
    await on.submit(
      [
        draft([action('web'), action('api')], { mode: 'propose' }),
        draft([action('jobs')], { mode: 'propose', policyId: 'others' }),
        draft(
          [
            action('web', {
              changes: [{ path: ['spec', 'maxReplicas'], before: 9, after: 5 }],
            }),
          ],
          { mode: 'propose', policyId: 'mine' },
        ),
      ],
      { signal },
    );
    const all = await on.plans.list({});
    expect(all.total).toBe(3);
    const seen = await on.plans.list({ scope, state: 'waiting' });
    expect(seen.total).toBe(2);
    const mixed = seen.rows.find(({ policyId }) => policyId === 'nights')!;
    expect(mixed.actions).toHaveLength(1);
    expect(mixed.hiddenActions).toBe(1);
    expect(await on.plans.isCovered(mixed.id, scope)).toBe(false);
    const mine = await on.plans.list({ scope, coveredBy: scope });
    expect(mine.rows.map(({ policyId }) => policyId)).toEqual(['mine']);
    expect(await on.plans.counts({ scope, coveredBy: scope })).toEqual({
      waiting: 1,
      unresolved: 0,
    });
    // Two persons must decide on it, and the reader asked for it.
    const own = draft([action('web', { before: 3, after: 2 })], {
      mode: 'propose',
      policyId: 'own',
      requestedBy: ANNA,
      twoPersons: true,
    });
    await on.submit([own], { signal });
    const waiting = { scope, coveredBy: scope, state: 'waiting' } as const;
    expect((await on.plans.list(waiting)).total).toBe(2);
    expect((await on.plans.list({ ...waiting, approver: ANNA })).total).toBe(1);
    expect(
      await on.plans.counts({ ...waiting, approver: 'user:default/ben' }),
    ).toMatchObject({ waiting: 2 });
    expect(await on.plans.counts({ ...waiting, approver: ANNA })).toMatchObject(
      { waiting: 1 },
    );
    const hidden = all.rows.find(({ policyId }) => policyId === 'others')!;
    expect(await on.plans.get(hidden.id, { scope })).toBeUndefined();
    expect(await on.plans.get('no id')).toBeUndefined();
  });

  it('are paged, newest first', async () => {
    const on = engine();
    await on.submit(
      ['a', 'b', 'c'].map(policyId =>
        draft([action('web')], { mode: 'observe', policyId }),
      ),
      { signal },
    );
    const first = await on.plans.list({ limit: 2 });
    expect(first.rows.map(({ policyId }) => policyId)).toEqual(['c', 'b']);
    const second = await on.plans.list({ limit: 2, cursor: first.cursor });
    expect(second.rows.map(({ policyId }) => policyId)).toEqual(['a']);
    expect(second.cursor).toBeUndefined();
    await expect(on.plans.list({ cursor: 'x' })).rejects.toThrow(/cursor/);
    expect(
      (await on.plans.list({ text: 'NIGHT', cluster: CLUSTER })).total,
    ).toBe(3);
    expect((await on.plans.list({ namespace: 'other' })).total).toBe(0);
  });

  it('go through what holds in turn, from a line on', async () => {
    const { ledger, plans: pages } = engine();
    const [last] = (await ledger.list({ limit: 1 })).rows;
    await cycle([draft([action('web')])]);
    const read = async (after: number) => {
      const lines = [];
      for await (const page of ledger.effects(after, 1)) {
        lines.push(...page);
      }
      return lines;
    };
    // What was verified on a cluster changed nothing there.
    const [first, ...others] = await read(last?.sequence ?? 0);
    expect(first).toMatchObject({ event: 'applied', policyId: 'nights' });
    expect(others).toEqual([]);
    expect(await read(first.sequence)).toEqual([]);
    expect(await pages.policyTitles([first.planId, 'no-id'])).toEqual(
      new Map([[first.planId, (await plans())[0].policyTitle]]),
    );
  });

  it('show a ledger that nobody can change', async () => {
    await cycle([draft([action('web')])]);
    const { rows } = await engine().ledger.list({ scope, limit: 1 });
    expect(rows[0].entityRef).toBe('component:default/web');
    for (const statement of [
      `UPDATE ${PREFIX}_ledger SET by_ref = 'x'`,
      `DELETE FROM ${PREFIX}_ledger`,
      `TRUNCATE ${PREFIX}_ledger`,
    ]) {
      await expect(knex.raw(statement)).rejects.toThrow(/never changed/);
    }
  });
});

it('keeps what acted, and forgets what was only shown', async () => {
  await cycle([draft([action('web')])]);
  await engine().submit(
    [draft([action('api')], { policyId: 'seen', mode: 'observe' })],
    { signal },
  );
  await engine().submit([draft([]), draft([], { policyId: 'seen' })], {
    signal,
  });
  await knex(`${PREFIX}_plans`).update({
    closed_at: knex.raw("now() - interval '5 days'"),
  });
  expect(await engine().housekeep()).toEqual({ plans: 1 });
  expect((await plans()).map(({ policyId }) => policyId)).toEqual(['nights']);
});

it('tells once', async () => {
  expect(await engine().once('first action on web')).toBe(true);
  expect(await engine().once('first action on web')).toBe(false);
});

it('plans on an inventory that is whole only', async () => {
  facts.now = world({
    inventories: new Map([[CLUSTER, { ...INVENTORY, state: 'partial' }]]),
  });
  const { submitted } = await cycle([draft([action('web')])]);
  expect(submitted.vetoed).toBe(1);
});
