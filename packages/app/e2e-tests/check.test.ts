import { expect, test } from '@playwright/test';
import {
  expectAccessible,
  keepScreenshot,
  openAsGuest,
  tabTo,
} from './support/portal';

const CHECK = { name: 'Check this cluster: US West' };

for (const theme of ['light', 'dark'] as const) {
  test(`a cluster is checked, in ${theme}`, async ({ page }) => {
    await openAsGuest(page, '/cost/sources', theme);
    await page.getByRole('button', CHECK).click();
    const found = page.getByRole('region', {
      name: 'What was found in US West',
    });
    await expect(found.getByText(/US West is a simulation/)).toBeVisible();
    await expect(
      page.getByText(/Checked at .* \d+ wrong, \d+ missing/),
    ).toBeVisible();
    // The demo answers, its nodes have prices and its Kubernetes API may be read.
    for (const text of [
      /It answers, and has usage since/,
      /it had [1-9]\d* nodes/,
      /Prices are known/,
      /Headroom may list .*pods/,
    ]) {
      await expect(found.getByText(text)).toBeVisible();
    }
    await expect(found.getByRole('heading', { name: /^Wrong/ })).toHaveCount(0);
    await expectAccessible(page);
    await keepScreenshot(page, `check-${theme}`);
  });
}

test('a check by keyboard alone, and what it found stays', async ({ page }) => {
  await openAsGuest(page, '/cost/sources');
  await tabTo(page, page.getByRole('button', CHECK));
  await page.keyboard.press('Enter');
  const again = page.getByRole('button', { name: 'Check again: US West' });
  await expect(again).toBeVisible();
  await expect(again).toBeFocused();
  await expect(
    page.getByRole('button', { name: /^Copy the line: prometheus/ }).first(),
  ).toBeVisible();
});
