import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import {
  BillCharge,
  BillFileError,
  decimalText,
} from '@headroom/plugin-cost-common';
import { BillDelivery, BillNotes } from '@headroom/plugin-cost-node';
import { CostExplorerSource } from './CostExplorerSource';
import { CostExplorerConfig } from './readCostExplorer';

jest.setTimeout(60_000);

const PAYER = '999999999999';
const SHOP = '111111111111';
const { signal } = new AbortController();

/** What Cost Explorer is asked, as it arrives. */
interface Asked {
  operation: string;
  TimePeriod: { Start: string; End: string };
  NextPageToken?: string;
  Filter?: object;
  GroupBy?: Array<{ Type: string; Key: string }>;
  Granularity?: string;
}

type Answer = { status?: number; body: object };

let server: Server;
let endpoint: string;
let asked: Asked[];
let answer: (request: Asked) => Answer;

beforeAll(async () => {
  server = createServer((req, res) => {
    const pieces: Buffer[] = [];
    req.on('data', piece => pieces.push(piece));
    req.on('end', () => {
      const request = {
        operation: String(req.headers['x-amz-target']).split('.')[1],
        ...JSON.parse(Buffer.concat(pieces).toString()),
      };
      asked.push(request);
      const { status = 200, body } = answer(request);
      res
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(body));
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  asked = [];
});

/** A day as Cost Explorer answers it: groups of two keys with an amount. */
function day(
  start: string,
  groups: Array<[string, string, string, string?]>,
  Estimated = false,
) {
  return {
    TimePeriod: { Start: start, End: start },
    Total: {},
    Groups: groups.map(([first, second, billed, effective = billed]) => ({
      Keys: [first, second],
      Metrics: {
        UnblendedCost: { Amount: billed, Unit: 'USD' },
        AmortizedCost: { Amount: effective, Unit: 'USD' },
      },
    })),
    Estimated,
  };
}

const EMPTY: Answer = { body: { ResultsByTime: [] } };

class Memory implements BillNotes {
  memory: unknown;
  remarks: readonly string[] = [];
  async read() {
    // As a database gives it: nothing of it is shared.
    return this.memory && JSON.parse(JSON.stringify(this.memory));
  }
  async write(memory: object, remarks: readonly string[]) {
    this.memory = memory;
    this.remarks = remarks;
  }
}

function setUp(config: Partial<CostExplorerConfig> = {}) {
  const clock = { now: '2026-11-20T10:00:00Z' };
  const notes = new Memory();
  const source = CostExplorerSource.create({
    id: 'aws-explorer',
    config: {
      billingAccount: PAYER,
      accounts: [SHOP],
      refreshHours: 12,
      monthlyLimitCents: 500,
      region: 'us-east-1',
      ...config,
    },
    client: async () =>
      new CostExplorerClient({
        region: 'us-east-1',
        endpoint,
        credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
        maxAttempts: 4,
      }),
    now: () => new Date(clock.now),
  });
  const list = (covered: string[] = [], unread: string[] = []) =>
    source.deliveries(signal, {
      notes,
      covered: new Set(covered),
      unread: new Set(unread),
    });
  const readDelivery = async (delivery: BillDelivery, tags: string[] = []) => {
    const charges: BillCharge[] = [];
    for await (const piece of source.charges(delivery, {
      tags,
      signal,
      notes,
    })) {
      charges.push(...piece);
    }
    return charges;
  };
  const read = async (month: string, tags: string[] = []) => {
    const delivery = (await list()).find(({ name }) => name === month)!;
    return readDelivery(delivery, tags);
  };
  /** All that are listed, as the first turns do. */
  const readAll = async () => {
    for (const delivery of await list()) {
      await readDelivery(delivery);
    }
    const listed = await list();
    asked = [];
    return listed;
  };
  return { clock, notes, source, list, read, readAll };
}

const summary = (charges: BillCharge[]) =>
  charges.map(({ item, day: on, amounts }) => [
    on,
    item.subAccount,
    item.service,
    item.category,
    decimalText(amounts.billed),
    decimalText(amounts.effective),
  ]);

describe('what is asked', () => {
  it('is a month a day, in two groups, with all pages, and no day that is not there', async () => {
    answer = ({ NextPageToken }) => ({
      body: NextPageToken
        ? {
            ResultsByTime: [
              day('2026-11-02', [
                ['EC2', 'SavingsPlanCoveredUsage', '3', '2.5'],
              ]),
            ],
          }
        : {
            ResultsByTime: [
              day('2026-11-01', [
                ['EC2', 'Usage', '1.0000000004'],
                ['EC2', 'Savings Plan Upfront Fee', '100', '0'],
                ['Tax', 'Tax', '0.1'],
                ['EC2', 'Credit', '-0.5'],
                ['EC2', 'Refund', '-0.25'],
              ]),
              day('2026-11-02', [['S3', 'Usage', '7E-10']]),
            ],
            NextPageToken: 'more',
          },
    });
    const { read } = setUp();
    const charges = await read('2026-11');
    expect(summary(charges)).toEqual([
      ['2026-11-01', SHOP, 'EC2', 'Usage', '1.0000000004', '1.0000000004'],
      ['2026-11-01', SHOP, 'EC2', 'Purchase', '100', '0'],
      ['2026-11-01', SHOP, 'Tax', 'Tax', '0.1', '0.1'],
      ['2026-11-01', SHOP, 'EC2', 'Credit', '-0.5', '-0.5'],
      ['2026-11-01', SHOP, 'EC2', 'Adjustment', '-0.25', '-0.25'],
      ['2026-11-02', SHOP, 'S3', 'Usage', '0.0000000007', '0.0000000007'],
      ['2026-11-02', SHOP, 'EC2', 'Usage', '3', '2.5'],
    ]);
    expect(charges[6].item).toMatchObject({
      period: '2026-11-01',
      billingAccount: PAYER,
      provider: 'AWS',
      currency: 'USD',
      pricing: 'Committed',
      commitment: 'Used',
    });
    expect(asked).toHaveLength(2);
    for (const request of asked) {
      expect(request).toMatchObject({
        operation: 'GetCostAndUsage',
        TimePeriod: { Start: '2026-11-01', End: '2026-11-21' },
        Granularity: 'DAILY',
        Filter: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [SHOP] } },
        GroupBy: [
          { Type: 'DIMENSION', Key: 'SERVICE' },
          { Type: 'DIMENSION', Key: 'RECORD_TYPE' },
        ],
      });
    }
    expect(asked[1].NextPageToken).toBe('more');
  });

  it('is of every account that had charges, unless some are named', async () => {
    answer = ({ operation, NextPageToken, Filter }) => {
      if (operation === 'GetDimensionValues') {
        return {
          body: NextPageToken
            ? { DimensionValues: [{ Value: '222222222222' }] }
            : {
                DimensionValues: [{ Value: SHOP }],
                NextPageToken: 'accounts',
              },
        };
      }
      const [account] = (Filter as any).Dimensions.Values;
      return {
        body: {
          ResultsByTime: [day('2026-10-01', [['EC2', 'Usage', account]])],
        },
      };
    };
    const { read, notes } = setUp({ accounts: undefined });
    const charges = await read('2026-10');
    expect(charges.map(({ item }) => item.subAccount)).toEqual([
      SHOP,
      '222222222222',
    ]);
    expect(asked.map(({ TimePeriod }) => TimePeriod.End)).toEqual(
      Array(4).fill('2026-11-01'),
    );
    expect(notes.remarks[0]).toBe(
      'aws-explorer has asked Cost Explorer 4 times in 2026-11, which costs 0.04 USD of the 5.00 USD that it may spend a month.',
    );
  });

  it('is a tag for every type of charge, kept where it is wanted', async () => {
    answer = ({ operation, Filter }) => {
      if (operation === 'GetDimensionValues') {
        return {
          body: { DimensionValues: [{ Value: 'Usage' }, { Value: 'Tax' }] },
        };
      }
      const type = (Filter as any).And[1].Dimensions.Values[0];
      return {
        body: {
          ResultsByTime: [
            day('2026-11-01', [
              ['EC2', 'team$shop', type === 'Tax' ? '1' : '10'],
              ['EC2', 'team$', '2'],
            ]),
          ],
        },
      };
    };
    const { read } = setUp({ tag: 'team' });
    const charges = await read('2026-11', ['team']);
    expect(
      charges.map(({ item, amounts }) => [
        item.category,
        item.tags,
        decimalText(amounts.billed),
      ]),
    ).toEqual([
      ['Usage', { team: 'shop' }, '10'],
      ['Usage', {}, '2'],
      ['Tax', { team: 'shop' }, '1'],
      ['Tax', {}, '2'],
    ]);
    expect(asked.at(-1)!.GroupBy).toEqual([
      { Type: 'DIMENSION', Key: 'SERVICE' },
      { Type: 'TAG', Key: 'team' },
    ]);
  });
});

describe('when it is asked', () => {
  it('is never when it is listed, and again when it is due', async () => {
    answer = () => EMPTY;
    const { clock, list, read, readAll } = setUp();
    const first = await readAll();
    expect(first).toHaveLength(13);
    expect(first[0].name).toBe('2026-11');
    expect(first[12].name).toBe('2025-11');
    expect(new Set(first.map(({ version }) => version)).size).toBe(13);
    clock.now = '2026-11-20T21:59:00Z';
    expect(await list()).toEqual(first);
    expect(asked).toEqual([]);
    clock.now = '2026-11-20T22:00:00Z';
    const changed = (await list()).filter(
      ({ version }, index) => version !== first[index].version,
    );
    expect(changed.map(({ name }) => name)).toEqual(['2026-11']);
    await read('2026-11');
    expect(asked).toHaveLength(1);
  });

  it('is once more when a month has settled, and what is too old stays as it was', async () => {
    answer = () => EMPTY;
    const { clock, list, readAll } = setUp();
    const before = await readAll();
    clock.now = '2026-12-05T10:00:00Z';
    const early = await readAll();
    clock.now = '2026-12-11T10:00:00Z';
    const settled = await readAll();
    const versionOf = (of: typeof early, month: string) =>
      of.find(({ name }) => name === month)?.version;
    expect(versionOf(early, '2026-11')).not.toBe(versionOf(before, '2026-11'));
    expect(versionOf(settled, '2026-11')).not.toBe(versionOf(early, '2026-11'));
    expect(versionOf(settled, '2026-12')).toBeDefined();
    expect(versionOf(settled, '2025-11')).toBe(versionOf(before, '2025-11'));
    clock.now = '2026-12-12T10:00:00Z';
    expect(versionOf(await list(), '2026-11')).toBe(
      versionOf(settled, '2026-11'),
    );
  });

  it('is remembered when the back end is started anew', async () => {
    answer = () => EMPTY;
    const { clock, notes, list, read } = setUp();
    await read('2026-11');
    const known = await list();
    const again = CostExplorerSource.create({
      id: 'aws-explorer',
      config: {
        billingAccount: PAYER,
        accounts: [SHOP],
        refreshHours: 12,
        monthlyLimitCents: 500,
        region: 'us-east-1',
      },
      client: async () => {
        throw new Error('nothing is asked');
      },
      now: () => new Date(clock.now),
    });
    expect(
      await again.deliveries(signal, {
        notes,
        covered: new Set(),
        unread: new Set(),
      }),
    ).toEqual(known);
    expect(notes.remarks[0]).toContain('1 time in 2026-11');
  });

  it('gives way to whoever has the same charges in more detail, and says so', async () => {
    const { list, notes } = setUp();
    const names = (await list(['2026-11-01', '2026-10-01'])).map(
      ({ name }) => name,
    );
    expect(names).toHaveLength(11);
    expect(names).not.toContain('2026-10');
    expect(notes.remarks).toContain(
      `aws-explorer leaves out 2026-10, 2026-11: another bill has the charges of account ${PAYER}, and nothing is counted twice.`,
    );
    expect(await list()).toHaveLength(13);
  });
});

describe('what is not final', () => {
  it('is said until it is', async () => {
    let estimated = true;
    answer = () => ({
      body: {
        ResultsByTime: [
          day('2026-11-01', [['EC2', 'Usage', '1']]),
          day('2026-11-02', [['EC2', 'Usage', '1']], estimated),
        ],
      },
    });
    const { clock, notes, read } = setUp();
    await read('2026-11');
    const remark =
      'aws-explorer is not final for 2026-11: AWS says that amounts are estimated.';
    expect(notes.remarks).toContain(remark);
    estimated = false;
    clock.now = '2026-11-21T10:00:00Z';
    await read('2026-11');
    expect(notes.remarks).not.toContain(remark);
  });
});

describe('what fails', () => {
  const throttled: Answer = {
    status: 400,
    body: { __type: 'LimitExceededException', Message: 'Slow down' },
  };

  it('is tried again when it was throttled, and each request is counted', async () => {
    answer = () =>
      asked.length < 3
        ? throttled
        : {
            body: {
              ResultsByTime: [day('2026-11-01', [['EC2', 'Usage', '1']])],
            },
          };
    const { notes, read } = setUp();
    expect(await read('2026-11')).toHaveLength(1);
    expect(asked).toHaveLength(3);
    expect(notes.remarks[0]).toContain('3 times in 2026-11');
  });

  it('is told when it stays so', async () => {
    answer = () => throttled;
    await expect(setUp().read('2026-11')).rejects.toThrow(
      /^Cost Explorer can't be read: LimitExceededException: Slow down \(it is asked too often/,
    );
    expect(asked).toHaveLength(4);
  });

  it('is asked again when it may be, however old the month is', async () => {
    answer = () => throttled;
    const { clock, list, read } = setUp();
    const versionOf = async () =>
      (await list()).find(({ name }) => name === '2026-01')!.version;
    const failed = await versionOf();
    await expect(read('2026-01')).rejects.toThrow(BillFileError);
    expect(await versionOf()).toBe(failed);
    clock.now = '2026-11-20T22:00:00Z';
    expect(await versionOf()).not.toBe(failed);
  });

  it('waits as long, counted from when it was asked, when what came whole could not be stored', async () => {
    answer = () => EMPTY;
    const { clock, list, source, notes } = setUp();
    const versionOf = async () =>
      (await list([], ['2026-01'])).find(({ name }) => name === '2026-01')!
        .version;
    const failed = await versionOf();
    clock.now = '2026-11-20T20:00:00Z';
    for await (const _ of source.charges(
      { name: '2026-01', version: failed },
      { tags: [], signal, notes },
    )) {
      // Whoever stores it fails.
    }
    expect(asked).toHaveLength(1);
    clock.now = '2026-11-21T07:59:00Z';
    expect(await versionOf()).toBe(failed);
    clock.now = '2026-11-21T08:00:00Z';
    expect(await versionOf()).not.toBe(failed);
  });

  it('fails the month when a page after the first does', async () => {
    answer = ({ NextPageToken }) =>
      NextPageToken
        ? {
            status: 400,
            body: { __type: 'AccessDeniedException', Message: 'No' },
          }
        : {
            body: {
              ResultsByTime: [day('2026-11-01', [['EC2', 'Usage', '1']])],
              NextPageToken: 'more',
            },
          };
    const { read } = setUp();
    await expect(read('2026-11')).rejects.toThrow(BillFileError);
    await expect(read('2026-11')).rejects.toThrow(
      /AccessDeniedException.*ce:GetCostAndUsage/,
    );
  });

  it('names an amount that is none', async () => {
    answer = () => ({
      body: { ResultsByTime: [day('2026-11-01', [['EC2', 'Usage', '1,5']])] },
    });
    await expect(setUp().read('2026-11')).rejects.toThrow(
      `Cost Explorer, account ${SHOP}, 2026-11-01, EC2 / Usage: UnblendedCost is "1,5"; it must be a decimal number`,
    );
  });

  it('is not asked when that would cost too much, before next month', async () => {
    answer = () => EMPTY;
    const { clock, notes, read } = setUp({ monthlyLimitCents: 2 });
    await read('2026-11');
    await read('2026-10');
    await expect(read('2026-09')).rejects.toThrow(
      'Cost Explorer was asked 2 times in 2026-11, and one request more would cost more than the 0.02 USD of monthlyLimit',
    );
    expect(asked).toHaveLength(2);
    expect(notes.remarks[0]).toContain('costs 0.02 USD of the 0.02 USD');
    clock.now = '2026-12-20T10:00:00Z';
    await read('2026-12');
    expect(asked).toHaveLength(3);
    expect(notes.remarks[0]).toContain('1 time in 2026-12');
  });
});
