import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MailServer } from './MailServer';
import { Entity, freePort, Portal, startPortal } from './portal';

const NASTY = '<script>alert(1)</script> *x*<!channel>';
const AMOUNT = '2600.00 USD';

function entity(
  kind: 'Group' | 'User',
  name: string,
  relations: Array<[string, string]>,
  more: { email?: string; channel?: string } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        ...(more.channel && { 'slack.com/bot-notify': more.channel }),
      },
    },
    spec: { profile: { ...(more.email && { email: more.email }) } },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}
const ENTITIES = [
  entity(
    'Group',
    'shop',
    [
      ['hasMember', 'user:default/ann'],
      ['parentOf', 'group:default/till'],
    ],
    { channel: 'C0SHOP' },
  ),
  entity('Group', 'till', [
    ['hasMember', 'user:default/tim'],
    ['childOf', 'group:default/shop'],
  ]),
  entity('User', 'ann', [['memberOf', 'group:default/shop']], {
    email: 'ann@example.com',
  }),
  entity('User', 'tim', [['memberOf', 'group:default/till']], {
    email: 'tim@example.com',
  }),
];

let mail: MailServer;
let portal: Portal;

/** What Slack was told; sets how it is, too. */
async function slack(
  state?: 'up' | 'down' | 'busy',
): Promise<{ posted: Array<Record<string, string>>; tries: number }> {
  const query = state ? `?state=${state}` : '';
  const answer = await fetch(`${process.env.HEADROOM_PEER_SLACK}/${query}`);
  return (await answer.json()) as Awaited<ReturnType<typeof slack>>;
}

/** An event that the evaluation of budgets would write. */
async function breach(id: string, title: string) {
  await portal.cost('cost_budget_events').insert({
    budget_id: id,
    kind: 'fired',
    threshold_on: 'spent',
    percent: 100,
    at: new Date(),
    period_start: '2026-06-01',
    period_end: '2026-07-01',
    limit_micros: '2500000000',
    reached_micros: '2600000000',
    reason: JSON.stringify({ message: `${AMOUNT} of 2500.00 USD are spent.` }),
    definition: JSON.stringify({
      title,
      scope: { type: 'group', entityRef: 'group:default/shop' },
      period: { type: 'month', day: 1 },
      amount: '2500',
      currency: 'USD',
    }),
  });
}

async function until(what: string, holds: () => Promise<boolean> | boolean) {
  const end = Date.now() + 90_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `${what} did not come`);
    await sleep(100);
  }
}

const mailsOf = (title: string) =>
  mail.mails.filter(({ text }) => text.includes(title));
const postsOf = async (title: string) =>
  (await slack()).posted.filter(({ text }) => text.includes(title));
const isHandedOn = async () =>
  (await portal.cost('cost_notices')).length === 0 &&
  (await portal.cost('cost_alerts').whereNull('told_at')).length === 0 &&
  (await portal.cost('cost_budget_events').whereNull('taken_at')).length === 0;
const waits = async () => (await portal.cost('cost_notices')).length > 0;
/** What is sent is not waited for the time after which it would be tried again. */
const hurry = () =>
  portal.cost('cost_notices').update({ next_at: new Date(0) });

describe('Alerts through the notifications back end', () => {
  before(async () => {
    const port = await freePort();
    mail = MailServer.create(port);
    await mail.start();
    portal = await startPortal(ENTITIES, { port });
    await until(
      'the copy of the catalog',
      async () => (await portal.cost('cost_groups')).length > 0,
    );
  });
  after(async () => {
    await portal?.stop();
    await mail?.stop();
    // Modules of a back end that has stopped keep connections and timers.
    setTimeout(() => process.exit(), 2_000).unref();
  });

  it('reach the members of the owner in the portal, by mail and in Slack, and nobody below', async () => {
    await breach('plain', 'Plain');
    await until('the mail', () => mailsOf('Plain').length > 0);
    await until('Slack', async () => (await postsOf('Plain')).length > 1);
    const rows = await portal
      .notifications('notification')
      .where({ scope: 'cost:budget:plain' });
    assert.deepEqual(
      rows.map(row => [row.user, row.topic, row.severity, row.origin]),
      [['user:default/ann', 'cost-budget', 'high', 'plugin:cost']],
    );
    assert.match(rows[0].description, /2600\.00 USD/);
    const [{ to, text }] = mailsOf('Plain');
    assert.deepEqual(to, ['ann@example.com']);
    assert.match(text, /2600\.00 USD/);
    assert.match(
      text,
      /http:\/\/portal\.example\.com\/cost\/budgets\?budget=plain/,
    );
  });

  it('say amounts to the owner in person, and not in a channel, whose readers are not known', async () => {
    const posts = await postsOf('Plain');
    const byChannel = new Map(posts.map(post => [post.channel, post]));
    assert.deepEqual([...byChannel.keys()].sort(), ['C0SHOP', 'U0ANN']);
    assert.ok(byChannel.get('U0ANN')?.attachments.includes(AMOUNT));
    assert.ok(!byChannel.get('C0SHOP')?.attachments.includes('USD'));
  });

  it('say what users named as text, in mails and in Slack', async () => {
    await breach('nasty', NASTY);
    await until('the mail', () => mailsOf('alert(1)').length > 0);
    await until('Slack', async () => (await postsOf('alert(1)')).length > 1);
    for (const { text } of mailsOf('alert(1)')) {
      assert.doesNotMatch(text, /<script|<!channel/);
    }
    for (const { text, attachments } of await postsOf('alert(1)')) {
      assert.doesNotMatch(text + attachments, /<!channel|<script|\*x\*/);
    }
  });

  it('wait for a mail server that is down, are not lost and come once', async () => {
    await mail.stop();
    await breach('mail', 'Mail is down');
    await until('the notice', waits);
    await sleep(3_000);
    assert.equal(mailsOf('Mail is down').length, 0);
    assert.ok(await waits());
    await mail.start();
    await until('the mail', () => mailsOf('Mail is down').length > 0);
    await until(
      'Slack',
      async () => (await postsOf('Mail is down')).length > 1,
    );
    await until('the end', isHandedOn);
    await sleep(2_000);
    assert.equal(mailsOf('Mail is down').length, 1);
    assert.equal((await postsOf('Mail is down')).length, 2);
  });

  it('wait for Slack that is down, are not lost and come once', async () => {
    await slack('down');
    await breach('slack', 'Slack is down');
    await until('the notice', waits);
    await sleep(3_000);
    assert.ok(await waits());
    assert.equal(mailsOf('Slack is down').length, 0);
    await slack('up');
    await until(
      'Slack',
      async () => (await postsOf('Slack is down')).length > 1,
    );
    await until('the mail', () => mailsOf('Slack is down').length > 0);
    await until('the end', isHandedOn);
    await sleep(2_000);
    assert.equal((await postsOf('Slack is down')).length, 2);
    assert.equal(mailsOf('Slack is down').length, 1);
  });

  it('come once when Slack fails between the question and the message', async () => {
    const { tries } = await slack('busy');
    await breach('busy', 'Slack is busy');
    await until(
      'Slack',
      async () => (await postsOf('Slack is busy')).length > 1,
    );
    await until('the end', isHandedOn);
    assert.equal((await postsOf('Slack is busy')).length, 2);
    assert.equal((await slack()).tries - tries, 3);
  });

  it('of one budget stand in the place of what was told before', async () => {
    await breach('plain', 'Plain');
    await until('the second mail', () => mailsOf('Plain').length > 1);
    await until('the end', isHandedOn);
    await hurry();
    const rows = await portal
      .notifications('notification')
      .where({ scope: 'cost:budget:plain' });
    assert.equal(rows.length, 1);
    // It goes out after the notice is handed on.
    await until('the update', async () =>
      (await postsOf('Plain')).some(({ method }) => method === 'chat.update'),
    );
  });
});
