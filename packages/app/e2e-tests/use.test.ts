import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { openAsGuest, reportShown, tabTo } from './support/portal';

const SERVICE = '/catalog/default/component/akidb-rest/cost';

test('by keyboard alone: another window, kept in the URL', async ({ page }) => {
  await openAsGuest(page, SERVICE);
  await reportShown(page);
  await tabTo(page, page.getByRole('button', { name: '7 days', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/window=7d/);
  await reportShown(page);
  const chosen = page.getByRole('button', { name: '7 days', exact: true });
  await expect(chosen).toHaveAttribute('aria-pressed', 'true');
  await expect(chosen).toBeFocused();

  await page.reload();
  await expect(
    page.getByRole('button', { name: '7 days', exact: true }),
  ).toHaveAttribute('aria-pressed', 'true');
});

test('a table is downloaded as CSV', async ({ page }) => {
  await openAsGuest(page, '/cost/overview?groupBy=service');
  await reportShown(page);
  const started = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /^Download as CSV/ })
    .first()
    .click();
  const download = await started;
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  const [header, ...rows] = text.trim().split('\n');
  expect(header).toContain('Service');
  expect(rows.some(row => row.includes('akidb-rest'))).toBe(true);
  expect(rows.some(row => row.includes('Idle'))).toBe(true);
});

test('the charges are downloaded in FOCUS columns', async ({ page }) => {
  await openAsGuest(page, SERVICE);
  await reportShown(page);
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Charges (FOCUS)' }).click();
  const text = await readFile(await (await started).path(), 'utf8');
  const [header, ...rows] = text.trim().split('\n');
  for (const column of ['BilledCost', 'EffectiveCost', 'ChargePeriodStart']) {
    expect(header).toContain(column);
  }
  expect(rows.length).toBeGreaterThan(0);
});

test('currency and sharing are part of the link', async ({ page }) => {
  await openAsGuest(page, `${SERVICE}?currency=EUR&idle=shared`);
  await reportShown(page);
  await expect(page.getByText(/€\s?\d|\d\s?€/).first()).toBeVisible();
});

test('switching tabs of the page by mouse', async ({ page }) => {
  await openAsGuest(page, '/cost');
  await reportShown(page);
  await page.getByRole('tab', { name: 'Sources' }).click();
  await expect(page).toHaveURL(/\/cost\/sources/);
});
