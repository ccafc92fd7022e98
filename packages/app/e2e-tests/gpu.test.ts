import { expect, test } from '@playwright/test';
import {
  expectAccessible,
  keepScreenshot,
  openAsGuest,
  tabTo,
} from './support/portal';

for (const theme of ['light', 'dark'] as const) {
  test(`gpu in ${theme}`, async ({ page }) => {
    await openAsGuest(page, '/cost/gpu', theme);
    await expect(
      page.getByRole('table', { name: 'GPU devices' }),
    ).toBeVisible();
    const spend = page.getByRole('group', { name: /^GPU spend/ });
    await expect(spend.getByText(/^\$[\d.,]*[1-9]/)).toBeVisible();
    await expect(page.getByText(/Busy is measured by/)).toBeVisible();
    await expectAccessible(page);
    await keepScreenshot(page, `gpu-${theme}`);
  });
}

test('by keyboard alone: the heat map says each hour', async ({ page }) => {
  await openAsGuest(page, '/cost/gpu');
  const grid = page.getByRole('grid', {
    name: 'Busy share by hour of the week',
  });
  await tabTo(page, grid.getByRole('gridcell').first());
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/^Tuesday 01:00–02:00: /)).toBeVisible();
});

test('the GPUs of a service', async ({ page }) => {
  await openAsGuest(page, '/catalog/default/component/akidb-rest/cost/gpu');
  const table = page.getByRole('table', { name: 'GPU devices' });
  await expect(table.getByText(/akidb-rest/).first()).toBeVisible();
  await expectAccessible(page);
});
