import { expect, test } from '@playwright/test';
import {
  expectAccessible,
  keepScreenshot,
  openAsGuest,
} from './support/portal';

// The first review waits until the history has come in and advice stands on all of it.
const UNTIL_MADE_MS = 10 * 60_000;
test.setTimeout(UNTIL_MADE_MS + 60_000);

for (const theme of ['light', 'dark'] as const) {
  test(`the review of the last closed week in ${theme}`, async ({ page }) => {
    await openAsGuest(page, '/cost/review', theme);
    const movers = page.getByRole('table', { name: 'What moved' });
    await expect(movers).toBeVisible({ timeout: UNTIL_MADE_MS });
    await expect(movers.getByRole('row', { name: /^Idle/ })).toBeVisible();
    await expect(
      page.getByRole('group', { name: /^Spend/ }).getByText(/^\$[\d.,]*[1-9]/),
    ).toBeVisible();
    await expectAccessible(page);
    await keepScreenshot(page, `review-${theme}`);
  });
}

test('a review of an earlier week has an address of its own', async ({
  page,
}) => {
  await openAsGuest(page, '/cost/review');
  await expect(page.getByRole('table', { name: 'What moved' })).toBeVisible({
    timeout: UNTIL_MADE_MS,
  });
  await page.getByRole('button', { name: /^Week/ }).click();
  await page.getByRole('option').nth(1).click();
  await expect(page).toHaveURL(/week=\d{4}-\d{2}-\d{2}/);
  await expect(page.getByRole('group', { name: /^Spend/ })).toBeVisible();
});
