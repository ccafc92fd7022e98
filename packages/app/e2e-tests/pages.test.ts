import { expect, test } from '@playwright/test';
import {
  expectAccessible,
  keepScreenshot,
  openAsGuest,
  reportShown,
} from './support/portal';

const PAGES = [
  { name: 'cost', path: '/cost' },
  {
    name: 'service',
    path: '/catalog/default/component/akidb-rest/cost',
  },
  { name: 'team', path: '/catalog/default/group/ml-platform/cost' },
];

for (const theme of ['light', 'dark'] as const) {
  for (const { name, path } of PAGES) {
    test(`${name} in ${theme}`, async ({ page }) => {
      await openAsGuest(page, path, theme);
      await reportShown(page);
      await expect(page.getByText(/\$\d/).first()).toBeVisible();
      await expectAccessible(page);
      await keepScreenshot(page, `${name}-${theme}`);
    });
  }
}

test('the page that a start announces', async ({ page }) => {
  const { PLAYWRIGHT_START_URL } = process.env;
  test.skip(!PLAYWRIGHT_START_URL, 'the portal was started by other means');
  await openAsGuest(page, `${PLAYWRIGHT_START_URL}/cost`);
  await reportShown(page);
});

test('the home page is what everything costs', async ({ page }) => {
  await openAsGuest(page, '/');
  await expect(page).toHaveURL(/\/cost/);
});

test('everything: figures above zero, and services that moved', async ({
  page,
}) => {
  await openAsGuest(page, '/cost');
  await reportShown(page);
  for (const name of [/^Spend/, /to date$/]) {
    const figure = page.getByRole('group', { name });
    // An amount with a digit above zero in it; "< $0.01" would be none to speak of.
    await expect(
      figure.getByText(/^\$[\d.,]*[1-9][\d.,]*[kMB]?$/),
    ).toBeVisible();
  }
  const movers = page.getByRole('table', { name: 'Biggest movers' });
  await expect(movers.getByRole('rowheader').nth(2)).toBeVisible();
});

test('everything: idle and what belongs to nobody have rows of their own', async ({
  page,
}) => {
  await openAsGuest(page, '/cost/overview?groupBy=service');
  const table = page.getByRole('table', { name: /Cost by/ });
  await expect(table.getByRole('row', { name: /^Idle/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^Unallocated/ })).toBeVisible();
  await page.getByLabel('Filter').first().fill('akidb');
  await expect(table.getByRole('row', { name: /akidb-rest/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^Idle/ })).toBeVisible();
});

test('sources: both clusters answer and say that they are simulated', async ({
  page,
}) => {
  await openAsGuest(page, '/cost/sources');
  for (const cluster of ['US West', 'EU Central']) {
    await expect(page.getByText(cluster).first()).toBeVisible();
  }
  await expect(page.getByText(/simulat/i).first()).toBeVisible();
  await expectAccessible(page);
  await keepScreenshot(page, 'sources');
});

test('a figure opens to where it comes from', async ({ page }) => {
  await openAsGuest(page, '/catalog/default/component/akidb-rest/cost');
  await reportShown(page);
  await page
    .getByRole('button', { name: /Where does this come from\?/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('us-west').first()).toBeVisible();
  await expectAccessible(page);
  await keepScreenshot(page, 'origin');
});

test('the overview of a service has the card', async ({ page }) => {
  await openAsGuest(page, '/catalog/default/component/akidb-rest');
  await expect(page.getByText(/projected/).first()).toBeVisible();
});

test('the Kubernetes tab shows the pods of a service', async ({ page }) => {
  await openAsGuest(page, '/catalog/default/component/akidb-rest/kubernetes');
  // One count a cluster, in text that is hidden from the accessibility tree.
  await expect(page.getByText(/^[1-9]\d* pods$/)).toHaveCount(2);
  await page.getByRole('button', { name: /US West \(simulated\)/ }).click();
  await page
    .getByRole('button', { name: /Deployment/ })
    .first()
    .click();
  await expect(
    page.getByRole('cell', { name: /^akidb-rest-/ }).first(),
  ).toBeVisible();
  await keepScreenshot(page, 'kubernetes');
});
