import { expect, test } from '@playwright/test';
import {
  keepInBothThemes,
  keepScreenshot,
  openAsGuest,
  tabTo,
} from './support/portal';

const PAGE = '/cost/budgets';
/** Only this test has a budget for it. */
const SERVICE = 'image-captioner';
const TITLE = 'One dollar for captions';

// A budget is evaluated in rounds, and who is to know is told in the next one.
const ROUNDS_MS = 240_000;

test.describe.configure({ mode: 'serial' });

test('a budget in detail: what is left, what drives it, who is told', async ({
  page,
}) => {
  await openAsGuest(page, PAGE);
  await page
    .getByRole('table', { name: 'Budgets' })
    .getByRole('button', { name: 'Commerce, fiscal year' })
    .click();
  await expect(page).toHaveURL(/budget=/);
  await expect(
    page.getByRole('table', { name: 'What drives it' }).getByRole('row'),
  ).not.toHaveCount(1);
  await keepInBothThemes(
    page,
    page.getByRole('heading', { name: 'What is left, day by day' }),
    'budgets',
  );
});

test('by keyboard: a budget is set, and is over at once', async ({ page }) => {
  test.setTimeout(ROUNDS_MS + 90_000);
  await openAsGuest(page, PAGE);
  await tabTo(page, page.getByRole('button', { name: 'Set a budget' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Set a budget' });
  const fill = async (name: RegExp, text: string) => {
    await tabTo(page, dialog.getByRole('textbox', { name }));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  };
  await tabTo(page, dialog.getByLabel('For what'));
  await page.keyboard.type('A service');
  await fill(/^Entity/, `component:default/${SERVICE}`);
  await fill(/^Name/, TITLE);
  await fill(/^Amount/, '1');
  await fill(/^Who is told/, 'user:default/guest');
  await tabTo(page, dialog.getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(
    page
      .getByRole('table', { name: 'Budgets' })
      .getByRole('row', { name: new RegExp(TITLE) }),
  ).toContainText('Over budget', { timeout: ROUNDS_MS });
});

test('who is named is told of it, and may mute it', async ({ page }) => {
  test.setTimeout(ROUNDS_MS + 90_000);
  await openAsGuest(page, '/notifications');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(new RegExp(TITLE)).first()).toBeVisible({
      timeout: 10_000,
    });
  }).toPass({ timeout: ROUNDS_MS });
  await page.goto('/settings/notifications');
  const table = page.getByRole('table').last();
  const topic = table.getByRole('row', { name: /Budgets: what is spent/ });
  const expand = table
    .getByRole('row', { name: /Cost/ })
    .getByRole('button', { name: 'expand row' });
  await expand.click();
  await expect(topic.getByRole('switch').first()).toBeChecked();
  await topic.getByRole('switch').first().press('Space');
  await expect(topic.getByRole('switch').first()).not.toBeChecked();
  await keepScreenshot(page, 'mute');
  await page.reload();
  await expand.click();
  await expect(topic.getByRole('switch').first()).not.toBeChecked();
});

test('it is removed again', async ({ page }) => {
  await openAsGuest(page, PAGE);
  const table = page.getByRole('table', { name: 'Budgets' });
  await table.getByRole('button', { name: TITLE }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Remove' })
    .click();
  await expect(table.getByRole('row', { name: new RegExp(TITLE) })).toHaveCount(
    0,
  );
});
