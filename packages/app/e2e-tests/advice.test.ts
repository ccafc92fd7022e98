import { readFile } from 'node:fs/promises';
import { expect, Page, test } from '@playwright/test';
import {
  expectAccessible,
  keepScreenshot,
  openAsGuest,
  tabTo,
} from './support/portal';

const SERVICE = '/catalog/default/component/akidb-rest/cost';

/** Waits until advice is shown: it is computed some time after the first days are in. */
async function adviceShown(page: Page): Promise<void> {
  const table = page.getByRole('table', { name: 'Advice', exact: true });
  await expect(table.getByRole('rowheader').first()).toBeVisible();
}

for (const theme of ['light', 'dark'] as const) {
  test(`advice in ${theme}`, async ({ page }) => {
    await openAsGuest(page, '/cost/advice', theme);
    await adviceShown(page);
    const figure = page.getByRole('group', { name: /^With what is held back/ });
    await expect(figure.getByText(/^\$[\d.,]*[1-9]/).first()).toBeVisible();
    await expectAccessible(page);
    await keepScreenshot(page, `advice-${theme}`);
  });
}

test('one workload in light, opened by mouse', async ({ page }) => {
  await openAsGuest(page, '/cost/advice?advice.status=change');
  await adviceShown(page);
  await page
    .getByRole('table', { name: 'Advice', exact: true })
    .getByRole('rowheader')
    .first()
    .getByRole('link')
    .first()
    .click();
  await expect(page).toHaveURL(/\/cost\/advice\/./);
  await expect(page.getByRole('table', { name: 'Back-test' })).toBeVisible();
  await expect(
    page.getByRole('img', { name: /Request proposed/ }).first(),
  ).toBeVisible();
  await expectAccessible(page);
  await keepScreenshot(page, 'advice-workload-light');

  await page.getByRole('tab', { name: 'Helm values' }).click();
  await expect(
    page.getByRole('tabpanel', { name: 'Helm values' }),
  ).toContainText('requests');
});

test('by keyboard alone: from the cost of a service to its advice and one workload', async ({
  page,
}) => {
  await openAsGuest(page, SERVICE);
  await tabTo(
    page,
    page.getByRole('tab', { name: 'Cost', exact: true }).last(),
  );
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/cost\/advice/);
  await adviceShown(page);
  await tabTo(
    page,
    page
      .getByRole('table', { name: 'Advice', exact: true })
      .getByRole('link')
      .first(),
  );
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/cost\/advice\/./);
  await expect(
    page.getByRole('heading', { name: 'What steers it' }),
  ).toBeVisible();
});

test('advice is downloaded as CSV', async ({ page }) => {
  await openAsGuest(page, '/cost/advice');
  await adviceShown(page);
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV', exact: true }).first().click();
  const text = await readFile(await (await started).path(), 'utf8');
  expect(text.trim().split('\n').length).toBeGreaterThan(1);
});

test('an advice is dismissed with a reason, and taken back', async ({
  page,
}) => {
  await openAsGuest(page, '/cost/advice?advice.q=akidb');
  await adviceShown(page);
  await page
    .getByRole('table', { name: 'Advice', exact: true })
    .getByRole('link', { name: /akidb-rest/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  const dialog = page.getByRole('dialog', { name: 'Dismiss this advice' });
  await dialog.getByRole('textbox', { name: /Why/ }).fill('A launch is near');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText(/A launch is near/)).toBeVisible();
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible();
});

test('names of 253 characters don’t make the page of an advice wider', async ({
  page,
}) => {
  const long = (name: string) => name.padEnd(253, 'x');
  await page.route('**/api/cost/v1/advice/**', async route => {
    const response = await route.fetch();
    const { row } = await response.json();
    const { name, namespace } = row.workload;
    const names = [name, namespace, row.cluster, row.container];
    const detail = JSON.parse(await response.text(), (_, value) => {
      if (typeof value !== 'string') {
        return value;
      }
      return names.includes(value)
        ? long(value)
        : value.replaceAll(name, long(name));
    });
    await route.fulfill({ response, json: detail });
  });
  await openAsGuest(page, '/cost/advice?advice.status=change');
  await adviceShown(page);
  await page
    .getByRole('table', { name: 'Advice', exact: true })
    .getByRole('rowheader')
    .first()
    .getByRole('link')
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /x{200}/ })).toBeVisible();
  for (const width of [1280, 768]) {
    await page.setViewportSize({ width, height: 720 });
    const wider = await page.evaluate(
      () =>
        document.documentElement.scrollWidth -
        document.documentElement.clientWidth,
    );
    expect([width, wider]).toEqual([width, 0]);
  }
});
