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

test('names of 253 characters don’t make the page wider', async ({ page }) => {
  const long = (name: string) => name.padEnd(253, 'x');
  await page.route('**/api/cost/v1/fleet/gpu**', async route => {
    const response = await route.fetch();
    const report = await response.json();
    for (const { workload } of report.advice) {
      workload.namespace = long(workload.namespace);
      workload.name = long(workload.name);
    }
    for (const device of report.devices) {
      device.node = long(device.node);
      device.model = long(device.model ?? '');
      for (const tenant of device.tenants) {
        tenant.workload = long(tenant.workload);
      }
    }
    for (const board of report.boards) {
      board.node = long(board.node);
    }
    for (const held of report.energy?.workloads ?? []) {
      held.workload = long(held.workload);
    }
    await route.fulfill({ response, json: report });
  });
  await openAsGuest(page, '/cost/gpu');
  await expect(
    page.getByRole('article', { name: /x{200}/ }).first(),
  ).toBeVisible();
  const wider = await page.evaluate(
    () =>
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth,
  );
  expect(wider).toBe(0);
});
