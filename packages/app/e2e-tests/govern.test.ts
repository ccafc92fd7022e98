import { expect, test } from '@playwright/test';
import {
  expectAccessible,
  keepScreenshot,
  openAsGuest,
} from './support/portal';

// The completion report waits until the history has come in.
const UNTIL_MADE_MS = 10 * 60_000;
test.setTimeout(UNTIL_MADE_MS + 60_000);

test('the home page has the budgets of my teams', async ({ page }) => {
  await openAsGuest(page, '/home');
  await expect(page.getByText('Budgets of my teams')).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Commerce, fiscal year' }),
  ).toBeVisible({ timeout: UNTIL_MADE_MS });
  await keepScreenshot(page, 'home-budgets');
});

test('rules are listed with what is over them', async ({ page }) => {
  await openAsGuest(page, '/cost/budgets');
  const over = page.getByRole('table', { name: 'Over a rule now' });
  await expect(over.getByRole('row').nth(1)).toBeVisible({
    timeout: UNTIL_MADE_MS,
  });
  await expectAccessible(page);
  await over.scrollIntoViewIfNeeded();
  await keepScreenshot(page, 'rules-light');
});

for (const theme of ['light', 'dark'] as const) {
  test(`the completion report in ${theme}`, async ({ page }) => {
    await openAsGuest(page, '/cost/completion', theme);
    const levels = page.getByRole('table', { name: 'Service levels' });
    await expect(levels).toBeVisible({ timeout: UNTIL_MADE_MS });
    await expect(
      page.getByRole('group', { name: 'Services that held their level' }),
    ).toContainText(/[1-9]\d* of \d+/);
    await expectAccessible(page);
    await keepScreenshot(page, `completion-${theme}`);
  });
}
