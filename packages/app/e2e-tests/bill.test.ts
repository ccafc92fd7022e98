import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import {
  expectAccessible,
  keepScreenshot,
  openAsGuest,
} from './support/portal';

/** Figures that are rounded to be read are exact where they are pointed at; the API has them to the micro. */
interface Bill {
  period: string;
  bills: Array<{
    total: string;
    invoice: string;
    categories: Array<{ amount: string }>;
    rows: Array<{ amount: string }>;
    others?: { amount: string };
    allocated: Record<'machines' | 'idle' | 'direct' | 'notAllocated', string>;
    payers: number;
  }>;
}

const sum = (amounts: string[]) =>
  amounts.reduce((all, amount) => all + BigInt(amount), 0n).toString();

test('the bill is reconciled: it sums to the invoice, and allocated and not allocated to what was billed', async ({
  page,
}) => {
  const answer = page.waitForResponse(
    response =>
      response.url().includes('/v1/bill?') &&
      response.url().includes('basis=billed') &&
      response.ok(),
    { timeout: 80_000 },
  );
  await openAsGuest(page, '/cost?bill.basis=billed');
  const { bills }: Bill = await (await answer).json();
  expect(bills.length).toBeGreaterThan(0);
  for (const { total, invoice, categories, rows, others, allocated } of bills) {
    expect(total).toBe(invoice);
    expect(sum(categories.map(({ amount }) => amount))).toBe(total);
    expect(
      sum([...rows, ...(others ? [others] : [])].map(each => each.amount)),
    ).toBe(total);
    const { machines, direct, notAllocated } = allocated;
    expect(sum([machines, direct, notAllocated])).toBe(total);
    expect(BigInt(machines) > 0n).toBe(true);
  }

  await expect(
    page.getByRole('heading', { name: 'The cloud bill' }),
  ).toBeVisible();
  for (const name of ['Invoiced', 'Allocated', 'Billed and not allocated']) {
    const figure = page.getByRole('group', { name, exact: true });
    await expect(figure.getByText(/\$[\d.,]*\d/).first()).toBeVisible();
  }
  await expect(
    page.getByRole('table', { name: 'Nodes: estimated and billed' }),
  ).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole('heading', { name: 'The cloud bill' })
    .scrollIntoViewIfNeeded();
  await keepScreenshot(page, 'bill-light');
});

test('who pays: found by name, and as CSV, which sums to what is allocated', async ({
  page,
}) => {
  const answer = page.waitForResponse(
    response => response.url().includes('/v1/bill?') && response.ok(),
    { timeout: 80_000 },
  );
  await openAsGuest(page, '/cost?bill-payers-USD.sort=service.asc');
  const { bills }: Bill = await (await answer).json();
  const { allocated, payers } = bills[0];
  const table = page.getByRole('table', { name: 'Who pays' }).first();
  const names = table.getByRole('rowheader');
  await expect(names.first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page
    .getByTitle('All services that match, not only those on this page')
    .first()
    .click();
  const [, ...lines] = (await readFile(await (await download).path(), 'utf8'))
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(payers);
  const paid = lines.map(line => line.slice(line.lastIndexOf(',') + 1));
  const { machines, idle, direct } = allocated;
  expect(sum(paid.map(amount => amount.replace('.', '')))).toBe(
    (BigInt(machines) - BigInt(idle) + BigInt(direct)).toString(),
  );

  const wanted = (await names.nth(1).innerText()).trim();
  await page.locator('#bill-payers-USD-filter').first().fill(wanted);
  await expect(names.first()).toHaveText(wanted);
  await expect(names).toHaveCount(
    lines.filter(line => line.includes(wanted)).length,
  );
  await table.scrollIntoViewIfNeeded();
  await keepScreenshot(page, 'bill-payers-light');
});

/** The provider of the demo restates a month from three days after its end on. */
function restatedMonth(): string {
  const at = new Date(Date.now() - 3 * 86_400_000);
  at.setUTCDate(0);
  return at.toISOString().slice(0, 7);
}

test('a month that the provider restates after it was over', async ({
  page,
}) => {
  // Four minutes after the demo's first start, and the bill is read once a minute.
  test.setTimeout(420_000);
  const sentence = page.getByText(
    /^The provider restated this month after it was over, as was read last on .*: it comes to \$[\d.,]*[1-9][\d.,]* less since\./,
  );
  const month = restatedMonth();
  const address = `/cost?bill.basis=billed&bill.month=${month}`;
  await openAsGuest(page, address);
  const answer = () =>
    page.waitForResponse(
      response =>
        response.url().includes('/v1/bill?') &&
        response.url().includes(`month=${month}`) &&
        response.ok(),
      { timeout: 30_000 },
    );
  let bills: Bill['bills'] = [];
  await expect(async () => {
    const answered = answer();
    await page.reload();
    ({ bills } = await (await answered).json());
    await expect(sentence).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 360_000, intervals: [5_000] });
  expect(bills.length).toBeGreaterThan(0);
  for (const { total, allocated } of bills) {
    const { machines, direct, notAllocated } = allocated;
    expect(sum([machines, direct, notAllocated])).toBe(total);
  }
  await sentence.scrollIntoViewIfNeeded();
  await keepScreenshot(page, 'bill-restated-light');
  await page.goto('/cost');
  await page
    .getByText(/^The provider has restated another month/)
    .getByRole('button')
    .click();
  await expect(sentence).toBeVisible();
});

test('the bill as FOCUS: its rows sum to the invoice', async ({ page }) => {
  const answer = page.waitForResponse(
    response => response.url().includes('/v1/bill?') && response.ok(),
    { timeout: 80_000 },
  );
  await openAsGuest(page, '/cost');
  const { bills }: Bill = await (await answer).json();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Bill (FOCUS)' }).click();
  const [header, ...lines] = (
    await readFile(await (await download).path(), 'utf8')
  )
    .trimEnd()
    .split('\r\n');
  const names = header.split(',');
  for (const name of [
    'AllocatedMethodId',
    'AllocatedMethodDetails',
    'AllocatedTags',
  ]) {
    expect(names).toContain(name);
  }
  // The first column, an amount, needs no quotes.
  expect(names[0]).toBe('BilledCost');
  const billed = lines.reduce(
    (all, line) => all + Number(line.split(',')[0]),
    0,
  );
  expect(billed).toBeCloseTo(Number(bills[0].invoice) / 1e6, 3);
  expect(lines.some(line => line.includes('headroom-billed-by-estimate'))).toBe(
    true,
  );
});

test('the Cost tab of a Resource', async ({ page }) => {
  await openAsGuest(page, '/catalog/default/resource/ingress/cost');
  const figure = page.getByRole('group', { name: /^Billed/ }).first();
  await expect(figure.getByText(/\$[\d.,]*[1-9]/).first()).toBeVisible();
  const charges = page.getByRole('table', { name: 'Which charges it is' });
  await expect(
    charges.getByRole('row', { name: /us-west-2:\d+:loadbalancer\/ingress/ }),
  ).toBeVisible();
  await expect(
    page.getByRole('img', { name: /What was billed by day/ }),
  ).toBeVisible();
  await expectAccessible(page);
  await keepScreenshot(page, 'bill-resource-light');
});
