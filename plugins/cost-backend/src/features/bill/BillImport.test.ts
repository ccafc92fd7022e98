import { mockServices } from '@backstage/backend-test-utils';
import { Fence } from '@headroom/node';
import {
  BillCharge,
  BillFileError,
  BillItem,
  parseDecimal,
} from '@headroom/plugin-cost-common';
import {
  BillDelivery,
  BillReading,
  BillSource,
  BillTurn,
} from '@headroom/plugin-cost-node';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import { BillStore } from '../../database/BillStore';
import { BillImport } from './BillImport';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();

const ITEM: BillItem = {
  period: '2026-10-01',
  currency: 'USD',
  provider: 'AWS',
  billingAccount: '999',
  subAccount: '111',
  service: 'EC2',
  serviceCategory: 'Compute',
  region: 'us-east-1',
  resourceId: 'i-1',
  category: 'Usage',
  correction: false,
  frequency: 'Usage-Based',
  pricing: 'Standard',
  commitment: '',
  commitmentId: '',
  tags: { team: 'web\tshop\\\0\ud800"' },
};

function charge(
  billed: string,
  item: Partial<BillItem> = {},
  day = '2026-10-01',
): BillCharge {
  const amount = parseDecimal(billed)!;
  return {
    item: { ...ITEM, ...item },
    day,
    amounts: {
      billed: amount,
      effective: amount,
      list: amount,
      contracted: amount,
    },
  };
}

type Content = BillCharge[] | Error;

/** A source whose deliveries a test sets, by name; the version is of the content. */
class FakeBill implements BillSource {
  readonly id = 'aws';
  readonly asked: string[] = [];
  content: Record<string, { version: string; charges: Content }> = {};
  whileReading = async () => {};

  async deliveries() {
    return Object.entries(this.content).map(([name, { version }]) => ({
      name,
      version,
    }));
  }

  async *charges({ name }: BillDelivery) {
    this.asked.push(name);
    await this.whileReading();
    const { charges } = this.content[name];
    if (charges instanceof Error) {
      yield [charge('1000000')];
      throw charges;
    }
    for (const each of charges) {
      yield [each];
    }
  }
}

async function setUp(tags = ['team']) {
  const knex = await postgres.migrated();
  const source = new FakeBill();
  const run = async (
    sources: BillSource[] = [source],
    asked = tags,
    enough = new AbortController().signal,
    { signal } = new AbortController(),
  ) => {
    await BillImport.create({
      sources,
      store: BillStore.create({
        knex,
        fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
      }),
      tags: asked,
      share: 1,
      logger: mockServices.logger.mock(),
      now: () => new Date('2026-11-01T00:00:00Z'),
    }).run(signal, enough);
  };
  return { knex, source, run };
}

async function stored(knex: Knex) {
  const { rows } = await knex.raw(
    `SELECT i.resource_id AS resource, i.correction, d.day::text, sum(d.billed)::text AS billed,
       sum(d.charges)::int AS charges
     FROM cost_bill_days d JOIN cost_bill_items i ON i.id = d.item_id
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  return rows.map(
    (row: Record<string, unknown>) =>
      `${row.resource}${row.correction ? ' corrected' : ''} ${row.day} ${
        row.billed
      } of ${row.charges}`,
  );
}

const MONTH = {
  first: {
    version: 'a',
    charges: [charge('1.000000000000000001'), charge('0.5'), charge('-0.25')],
  },
  second: {
    version: 'b',
    charges: [
      charge('2', {}, '2026-10-02'),
      charge('-1', { correction: true }),
      charge('3', { resourceId: 'i-2' }),
    ],
  },
};
const WHOLE = [
  'i-1 2026-10-01 1.250000000000000001 of 3',
  'i-1 2026-10-02 2 of 1',
  'i-1 corrected 2026-10-01 -1 of 1',
  'i-2 2026-10-01 3 of 1',
];

describe('a month', () => {
  it('ends the same in pieces, twice and out of order', async () => {
    const { knex, source, run } = await setUp();
    source.content = { second: MONTH.second };
    await run();
    source.content = { ...MONTH, again: MONTH.second };
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    expect(source.asked).toEqual(['second', 'first']);
  });

  it('ends as it is restated', async () => {
    const { knex, source, run } = await setUp();
    source.content = {
      ...MONTH,
      first: {
        version: 'draft',
        charges: [charge('7'), charge('9', { resourceId: 'i-9' })],
      },
    };
    await run();
    expect(await stored(knex)).toContain('i-9 2026-10-01 9 of 1');
    source.content = MONTH;
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    expect(await knex('cost_bill_items').count()).toEqual([{ count: '3' }]);
  });

  it('keeps what lies elsewhere by now, without reading it', async () => {
    const { knex, source, run } = await setUp();
    source.content = MONTH;
    await run();
    source.content = { moved: MONTH.first, first: MONTH.second };
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    source.content = { moved: MONTH.first, elsewhere: MONTH.second };
    source.asked.length = 0;
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    expect(source.asked).toEqual([]);
  });

  it('loses a part that is gone, but not all of it', async () => {
    const { knex, source, run } = await setUp();
    source.content = MONTH;
    await run();
    source.content = { second: MONTH.second };
    await run();
    expect(await stored(knex)).toEqual(WHOLE.slice(1));
    source.content = {};
    await run();
    expect(await stored(knex)).toEqual(WHOLE.slice(1));
    await run([]);
    expect(await stored(knex)).toEqual([]);
    expect(await knex('cost_bill_items').count()).toEqual([{ count: '0' }]);
  });

  it('stays as it was when a restatement can not be read, and says so', async () => {
    const { knex, source, run } = await setUp();
    source.content = MONTH;
    await run();
    const bad = new BillFileError('x.csv, row 2: BilledCost is "?"');
    source.content = { ...MONTH, first: { version: 'bad', charges: bad } };
    await run();
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    expect(source.asked).toEqual(['first', 'second', 'first']);
    const problems = () =>
      knex('cost_bill_deliveries').orderBy('name').pluck('problem');
    expect(await problems()).toEqual([bad.message, null]);
    source.content = MONTH;
    await run();
    expect(await problems()).toEqual([null, null]);
    expect(source.asked).toHaveLength(3);
  });

  it('is tried again when a source could not be asked', async () => {
    const { knex, source, run } = await setUp();
    const offline = { version: 'a', charges: new Error('ECONNRESET') };
    source.content = { first: offline };
    await run();
    expect(await stored(knex)).toEqual([]);
    source.content = { first: MONTH.first };
    await run();
    expect(await stored(knex)).toEqual(WHOLE.slice(0, 1));
  });

  it.each([
    ['while it is read', (stop: () => void) => stop()],
    ['before what was read is in place', setImmediate],
  ])('stays as it was when it is stopped %s', async (_, atEnd) => {
    const { knex, source, run } = await setUp();
    source.content = MONTH;
    await run();
    const before = await knex('cost_bill_deliveries').orderBy('name');
    const turn = new AbortController();
    source.content = {
      ...MONTH,
      first: { version: 'b2', charges: [charge('1'), charge('5')] },
    };
    // Of what was interrupted, a source may know no more than that nothing comes.
    jest.spyOn(source, 'charges').mockImplementation(async function* part() {
      yield [charge('1')];
      atEnd(() => turn.abort(new Error('enough')));
    });
    await expect(run([source], ['team'], turn.signal, turn)).rejects.toThrow(
      'enough',
    );
    expect(await stored(knex)).toEqual(WHOLE);
    expect(await knex('cost_bill_deliveries').orderBy('name')).toEqual(before);
    jest.restoreAllMocks();
    await run();
    expect(await stored(knex)).toContain('i-1 2026-10-01 6 of 2');
  });

  it('is read anew when other tags are kept', async () => {
    const { source, run } = await setUp();
    source.content = { first: MONTH.first };
    await run([source], ['team']);
    await run([source], ['team', 'app']);
    expect(source.asked).toEqual(['first', 'first']);
  });
});

describe('an export that has other names each time', () => {
  const NEXT = {
    third: { version: 'c', charges: [charge('20'), charge('21')] },
    fourth: {
      version: 'd',
      charges: [charge('22', {}, '2026-10-02'), charge('23')],
    },
  };
  const NEXT_WHOLE = ['i-1 2026-10-01 64 of 3', 'i-1 2026-10-02 22 of 1'];
  const bad = (version: string) => ({
    version,
    charges: new BillFileError('x.csv, row 2: BilledCost is "?"'),
  });

  it('counts once, also while and after a turn is cut, and reads no file twice', async () => {
    const { knex, source, run } = await setUp();
    source.content = MONTH;
    await run();
    source.content = NEXT;
    source.asked.length = 0;
    const turn = new AbortController();
    const seen: unknown[] = [];
    source.whileReading = async () => {
      seen.push(await stored(knex));
      turn.abort();
    };
    await run([source], ['team'], turn.signal);
    expect(source.asked).toEqual(['fourth']);
    expect(await stored(knex)).toEqual(WHOLE);
    await run();
    expect(source.asked).toEqual(['fourth', 'third']);
    expect(seen).toEqual([WHOLE, WHOLE]);
    expect(await stored(knex)).toEqual(NEXT_WHOLE);
    await run();
    expect(source.asked).toHaveLength(2);
    expect(await knex('cost_bill_waiting_days').count()).toEqual([
      { count: '0' },
    ]);
  });

  it('ends the same when what waits is replaced before it counts', async () => {
    const { knex, source, run } = await setUp();
    source.content = MONTH;
    await run();
    const draft = { version: 'draft', charges: [charge('99')] };
    const cutTurn = async () => {
      const turn = new AbortController();
      source.whileReading = async () => turn.abort();
      source.content = { ...NEXT, fourth: draft };
      await run([source], ['team'], turn.signal);
    };
    const waiting = () => knex('cost_bill_waiting').pluck('version');
    await cutTurn();
    expect(await waiting()).toEqual([expect.stringMatching(/^draft/)]);
    source.content = MONTH;
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    expect(await waiting()).toEqual([]);
    await cutTurn();
    source.content = NEXT;
    await run();
    expect(await stored(knex)).toEqual(NEXT_WHOLE);
    expect(await waiting()).toEqual([]);
  });

  it('stays as it was while a part of it can not be read', async () => {
    const { knex, source, run } = await setUp();
    source.content = MONTH;
    await run();
    source.content = { ...NEXT, fourth: bad('?') };
    await run();
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    source.content = { fourth: bad('?') };
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    source.content = NEXT;
    await run();
    expect(await stored(knex)).toEqual(NEXT_WHOLE);
  });

  it('is not held up by a file that is no part of it', async () => {
    const { knex, source, run } = await setUp();
    const november = { period: '2026-11-01' };
    source.content = {
      october: { version: 'o', charges: [charge('1')] },
      november: { version: 'n', charges: [charge('2', november)] },
    };
    await run();
    source.content = {
      'no-bill': bad('?'),
      october2: { version: 'o2', charges: [charge('1'), charge('4')] },
    };
    await run();
    await run();
    // What is gone of November may be in what can't be read.
    expect(await stored(knex)).toEqual(['i-1 2026-10-01 7 of 3']);
    delete source.content['no-bill'];
    await run();
    expect(await stored(knex)).toEqual(['i-1 2026-10-01 5 of 2']);
  });

  it('counts once while charges move from one of its files to another', async () => {
    const { knex, source, run } = await setUp();
    source.content = MONTH;
    await run();
    source.content = {
      first: { version: 'a2', charges: MONTH.second.charges },
      second: { version: 'b2', charges: MONTH.first.charges },
    };
    const seen: unknown[] = [];
    source.whileReading = async () => {
      seen.push(await stored(knex));
    };
    await run();
    expect(seen).toEqual([WHOLE, WHOLE]);
    expect(await stored(knex)).toEqual(WHOLE);
  });

  it('counts once when files take the names of others', async () => {
    const { knex, source, run } = await setUp();
    source.content = MONTH;
    await run();
    source.content = { first: MONTH.second, second: MONTH.first };
    source.asked.length = 0;
    await run();
    expect(source.asked).toEqual([]);
    expect(await stored(knex)).toEqual(WHOLE);
    // What had the name counts until what replaces it is read.
    source.content = { first: MONTH.first, third: bad('?') };
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
    source.content = { first: MONTH.first, third: MONTH.second };
    await run();
    expect(await stored(knex)).toEqual(WHOLE);
  });
});

/** Knows totals of months only, and remembers how often it was asked. */
class FakeTotals implements BillSource {
  readonly id = 'explorer';
  readonly givesWayFor = ['999'];
  costly = false;
  asked: string[] = [];
  covered: string[] = [];
  unread: string[] = [];
  edition = 1;
  failure: Error | undefined;
  remembered: unknown;

  async deliveries(_signal: AbortSignal, { notes, covered, unread }: BillTurn) {
    this.covered = [...covered];
    this.unread = [...unread];
    this.remembered = await notes.read();
    await notes.write({ turns: 1 }, [`It leaves out ${covered.size}.`]);
    return ['2026-10', '2026-09']
      .filter(month => !covered.has(`${month}-01`))
      .map(month => ({ name: month, version: `${month} ${this.edition}` }));
  }

  async *charges({ name }: BillDelivery, { notes }: BillReading) {
    this.asked.push(name);
    await notes.write({ read: name }, [`It read ${name}.`]);
    if (this.failure) {
      throw this.failure;
    }
    yield [charge('100', { period: `${name}-01`, resourceId: '' })];
  }
}

describe('a source that knows less', () => {
  const periods = async (knex: Knex) => {
    const { rows } = await knex.raw(
      `SELECT v.source, i.period::text, sum(d.billed)::text AS billed FROM cost_bill_days d
       JOIN cost_bill_items i ON i.id = d.item_id JOIN cost_bill_deliveries v ON v.id = d.delivery_id
       GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    return rows.map((row: Record<string, string>) =>
      Object.values(row).join(' '),
    );
  };

  it('counts until another has the account and month, whichever came first, and again after that', async () => {
    const { knex, source, run } = await setUp();
    const totals = new FakeTotals();
    await run([totals, source]);
    expect(await periods(knex)).toEqual([
      'explorer 2026-09-01 100',
      'explorer 2026-10-01 100',
    ]);

    source.content = { october: { version: 'a', charges: [charge('7')] } };
    await run([totals, source]);
    expect(totals.covered).toEqual(['2026-10-01']);
    expect(await periods(knex)).toEqual([
      'aws 2026-10-01 7',
      'explorer 2026-09-01 100',
    ]);

    await run([totals]);
    expect(await periods(knex)).toEqual([
      'explorer 2026-09-01 100',
      'explorer 2026-10-01 100',
    ]);
  });

  it('leaves nothing where all of it is covered, and does not give way to other accounts', async () => {
    const { knex, source, run } = await setUp();
    const totals = new FakeTotals();
    await run([totals]);
    source.content = {
      october: { version: 'a', charges: [charge('7')] },
      september: {
        version: 'b',
        charges: [charge('6', { period: '2026-09-01' })],
      },
    };
    await run([totals, source]);
    expect(await periods(knex)).toEqual([
      'aws 2026-09-01 6',
      'aws 2026-10-01 7',
    ]);
    source.content = {
      other: {
        version: 'c',
        charges: [charge('5', { billingAccount: '888' })],
      },
    };
    await run([totals, source]);
    expect(await periods(knex)).toEqual([
      'aws 2026-10-01 5',
      'explorer 2026-09-01 100',
      'explorer 2026-10-01 100',
    ]);
  });

  it('gives way also when it can not be read, or the turn is over', async () => {
    const { knex, source, run } = await setUp();
    const totals = new FakeTotals();
    await run([totals]);
    source.content = { october: { version: 'a', charges: [charge('7')] } };
    totals.edition = 2;
    totals.failure = new Error('ECONNRESET');
    await run([totals, source]);
    const onlyOnce = ['aws 2026-10-01 7', 'explorer 2026-09-01 100'];
    expect(await periods(knex)).toEqual(onlyOnce);

    await run([totals]);
    totals.failure = undefined;
    totals.edition = 3;
    await run([totals]);
    expect(await periods(knex)).toEqual([
      'explorer 2026-09-01 100',
      'explorer 2026-10-01 100',
    ]);
    totals.edition = 4;
    const turn = new AbortController();
    const last: BillSource = {
      id: 'aws',
      deliveries: async () => [{ name: 'october', version: 'a' }],
      async *charges() {
        turn.abort();
        yield [charge('7')];
      },
    };
    await run([totals, last], ['team'], turn.signal);
    expect(await periods(knex)).toEqual(onlyOnce);
  });

  it('keeps a delivery of which others have a part only', async () => {
    const { knex, source, run } = await setUp();
    const totals = new FakeTotals();
    totals.charges = async function* charges() {
      yield [charge('100'), charge('50', { period: '2026-09-01' })];
    };
    totals.deliveries = async () => [{ name: 'all', version: 'a' }];
    await run([totals]);
    source.content = { october: { version: 'a', charges: [charge('7')] } };
    await run([totals, source]);
    expect(await periods(knex)).toEqual([
      'aws 2026-10-01 7',
      'explorer 2026-09-01 50',
      'explorer 2026-10-01 100',
    ]);
  });

  it('remembers from one turn to the next, and is silent when it is gone', async () => {
    const { knex, run } = await setUp();
    const totals = new FakeTotals();
    await run([totals]);
    expect(totals.remembered).toBeUndefined();
    const remarks = () => knex('cost_bill_notes').select('source', 'remarks');
    expect(await remarks()).toEqual([
      { source: 'explorer', remarks: ['It read 2026-10.'] },
    ]);
    await run([]);
    expect(await remarks()).toEqual([{ source: 'explorer', remarks: [] }]);
    await run([totals]);
    expect(totals.remembered).toEqual({ read: '2026-10' });
  });
});

describe('a source that costs money', () => {
  const failures: Array<[string, (totals: FakeTotals) => void]> = [
    [
      'can not be read to its end',
      totals => {
        totals.failure = new Error('ECONNRESET');
      },
    ],
    [
      'can not be stored',
      totals => {
        totals.charges = async function* charges({ name }) {
          totals.asked.push(name);
          yield [charge('1', { period: 'no date' })];
        };
      },
    ],
  ];
  it.each(failures)(
    'is not asked again for a version that %s',
    async (_, breakDown) => {
      const { knex, run } = await setUp();
      const totals = new FakeTotals();
      totals.costly = true;
      const { charges } = totals;
      breakDown(totals);
      await run([totals]);
      expect(totals.asked).toEqual(['2026-09']);
      // The other month, as each of them is asked for once.
      await run([totals]);
      await run([totals]);
      await run([totals]);
      expect(totals.asked).toEqual(['2026-09', '2026-10']);
      expect(totals.unread).toEqual(['2026-09', '2026-10']);
      const problems = () =>
        knex('cost_bill_deliveries').orderBy('name').pluck('problem');
      expect(await problems()).toEqual([
        expect.stringContaining('interrupted'),
        expect.stringContaining('interrupted'),
      ]);

      totals.failure = undefined;
      totals.charges = charges;
      totals.edition = 2;
      await run([totals]);
      await run([totals]);
      expect(totals.asked.slice(2)).toEqual(['2026-09', '2026-10']);
      expect(totals.unread).toEqual([]);
      expect(await problems()).toEqual([null, null]);
    },
  );

  it('has no problem while it is read', async () => {
    const { knex, run } = await setUp();
    const totals = new FakeTotals();
    totals.costly = true;
    const seen: unknown[] = [];
    totals.charges = async function* charges() {
      seen.push(
        ...(await knex('cost_bill_deliveries').select('version', 'problem')),
      );
      yield [charge('1')];
    };
    totals.deliveries = async () => [{ name: 'all', version: 'a' }];
    await run([totals]);
    expect(seen).toEqual([{ version: null, problem: null }]);
  });
});
