import { expect, Page, test } from '@playwright/test';
import {
  expectAccessible,
  giveReason,
  keepInBothThemes,
  keepScreenshot,
  openAsGuest,
  press,
  tabTo,
} from './support/portal';

/** Nothing steers it and Git has no hand in it; only this test has a policy for it, in one cluster. */
const SERVICE = 'akidb-rest';
const WORKLOAD = `ml-serving/${SERVICE}`;
const TAB = `/catalog/default/component/${SERVICE}/scaling`;
const TITLE = 'Akidb has four replicas';
const CHANGE = 'spec.replicas: 3 → 4';

// The back end plans in rounds, and a plan takes one to show.
const ROUNDS_MS = 150_000;

test.describe.configure({ mode: 'serial' });

/** Chooses an option of a select by keyboard: the first letters lead to it. */
async function choose(page: Page, label: string, option: string) {
  const field = page.getByLabel(label, { exact: true });
  await tabTo(page, field);
  await page.keyboard.type(option);
  await expect(field.locator('option:checked')).toHaveText(option);
}

for (const theme of ['light', 'dark'] as const) {
  for (const [name, path, heading] of [
    ['now', '/scaling/now', 'In force'],
    ['next', '/scaling/next', 'What comes next'],
    ['plans', '/scaling/plans', 'Open plans'],
    ['policies', '/scaling/policies', 'Policies'],
    ['ledger', '/scaling/ledger', 'Ledger'],
    [
      'new-policy',
      `/scaling/policies/new?entity=component:default/${SERVICE}&title=Nights`,
      'New policy',
    ],
    ['entity-before', TAB, 'In force'],
  ]) {
    test(`scaling: ${name} in ${theme}`, async ({ page }) => {
      await openAsGuest(page, path, theme);
      await expect(
        page.getByRole('heading', { name: heading, exact: true }).first(),
      ).toBeVisible();
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(
        0,
      );
      await expectAccessible(page);
      await keepScreenshot(page, `scaling-${name}-${theme}`);
    });
  }
}

test('by keyboard: a schedule is made, with its preview', async ({ page }) => {
  await openAsGuest(
    page,
    `/scaling/policies/new?entity=component:default/${SERVICE}`,
  );
  const title = page.getByRole('textbox', { name: /^Title/ });
  await tabTo(page, title);
  await page.keyboard.type(TITLE);
  await expect(
    page.getByRole('table', { name: 'Windows of the coming week' }),
  ).toContainText('Mon-Fri 07:00-19:00');
  await tabTo(page, page.getByRole('checkbox', { name: 'eu-central' }));
  await page.keyboard.press('Space');
  await press(page, 'Remove window 1');
  await choose(page, 'Wanted outside', 'a fixed count');
  await tabTo(page, page.getByLabel('Replicas', { exact: true }));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('4');
  await choose(page, 'Mode', 'proposes');
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText('It matches 1 workload.');
  await expect(preview).toContainText(CHANGE);
  await press(page, 'Create policy');
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
  await expect(page.getByText(/guest made it on the page/)).toBeVisible();
});

test('by keyboard: its plan is approved, and acts in the demo', async ({
  page,
}) => {
  test.setTimeout(2 * ROUNDS_MS);
  await openAsGuest(page, '/scaling/plans');
  const link = page
    .getByRole('table', { name: 'Plans that wait for you' })
    .getByRole('link', { name: TITLE });
  await expect(link).toBeVisible({ timeout: ROUNDS_MS });
  await tabTo(page, link);
  await page.keyboard.press('Enter');
  await keepInBothThemes(page, page.getByText(CHANGE).first(), 'scaling-plan');
  await press(page, 'Approve');
  await giveReason(page, 'Launch week');
  await expect(page.getByText(/guest approved it on/)).toBeVisible();
  await expect(page.locator('body')).not.toBeFocused();
  // It shows by itself: the page is live.
  await expect(page.getByText(/done, settles|verified/).first()).toBeVisible({
    timeout: ROUNDS_MS,
  });
  await page.goto(TAB);
  const ledger = page.getByRole('table', { name: 'Ledger' });
  await expect(ledger).toContainText(CHANGE);
  await keepInBothThemes(page, ledger, 'scaling-entity');
});

test('by keyboard: it is put to sleep for a time, and woken', async ({
  page,
}) => {
  await openAsGuest(page, TAB);
  await press(page, `Put to sleep: ${WORKLOAD}`);
  await giveReason(page, 'Nobody orders');
  const table = page.getByRole('table', { name: 'In force' });
  await expect(table).toContainText(/guest keeps it down until .*: Nobody/);
  await press(page, 'End it');
  await expect(table).not.toContainText('keeps it down');
  await press(page, `Wake now: ${WORKLOAD}`);
  await giveReason(page, 'A customer calls');
  await expect(table).toContainText(/guest keeps it up until/);
  await page.getByRole('button', { name: 'End it' }).click();
  await expect(table).not.toContainText('keeps it up');
});

test('by keyboard: everything is stopped and goes on', async ({ page }) => {
  await openAsGuest(page, '/scaling/now');
  await press(page, 'Stop everything');
  await giveReason(page, 'A test of the switch');
  await expect(page.getByText('Everything is stopped.')).toBeVisible();
  await expect(page.getByText(/A test of the switch/).first()).toBeVisible();
  await keepScreenshot(page, 'scaling-stopped-light');
  await press(page, 'Let it go on');
  await giveReason(page, 'It works');
  await expect(page.getByText('Everything is stopped.')).toBeHidden();
});

test('advice on GPUs becomes a policy in two clicks', async ({ page }) => {
  await openAsGuest(page, '/cost/gpu');
  await page
    .getByRole('link', { name: 'Make it a policy with these hours' })
    .first()
    .click();
  await expect(page).toHaveURL(/\/scaling\/policies\/new\?/);
  await expect(page.getByRole('textbox', { name: /^Title/ })).toHaveValue(
    /in its busy hours$/,
  );
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText(
    'It matches',
  );
  await page.getByRole('button', { name: 'Create policy' }).click();
  await expect(
    page.getByRole('heading', { name: /in its busy hours$/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Delete' })
    .click();
  await expect(page).toHaveURL(/\/scaling\/policies$/);
});

test('a policy is deleted, and what it changed is put back', async ({
  page,
}) => {
  await openAsGuest(page, '/scaling/policies');
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('is put back to what it was before');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/scaling\/policies$/);
  await expect(page.getByRole('link', { name: TITLE })).toHaveCount(0);
});
