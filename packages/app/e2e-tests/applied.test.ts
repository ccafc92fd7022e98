import { expect, Page, test } from '@playwright/test';
import {
  giveReason,
  keepInBothThemes,
  openAsGuest,
  press,
  tabTo,
} from './support/portal';

/** To start it needs more memory than it ever uses; no other test changes it. */
const SERVICE = 'payment-ledger';
const SUBJECT = `Deployment payments/${SERVICE}`;
const ADVICE = `/cost/advice?advice.q=${SERVICE}`;
const CHANGE = /requests\.memory: 8Gi → \d/;
const KILLED =
  /Container ledger of pod payment-ledger-\S+ was killed for lack of memory after the change\./;

/** The back end acts in rounds. */
const ROUNDS_MS = 60_000;
/** Pods find a node, are killed in their first minute, and a round takes the change back. */
const UNDONE_MS = 120_000;

async function openAdvice(page: Page) {
  const link = page
    .getByRole('table', { name: 'Advice', exact: true })
    .getByRole('link', { name: SERVICE })
    .first();
  await tabTo(page, link);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/cost\/advice\/./);
}

test('by keyboard: an advice is applied, has pods killed, and is taken back by itself', async ({
  page,
}) => {
  test.setTimeout(2 * (ROUNDS_MS + UNDONE_MS));
  await openAsGuest(page, ADVICE);
  await openAdvice(page);

  const way = page.getByRole('radio', { name: 'On the cluster' });
  await tabTo(page, page.getByRole('radio', { checked: true }).first());
  await page.keyboard.press('ArrowDown');
  await expect(way).toBeChecked();
  await expect(page.getByText(CHANGE)).toBeVisible();
  await tabTo(page, page.getByRole('textbox', { name: /^Reason/ }));
  await page.keyboard.type('It uses a quarter of this');
  await press(page, 'Make a plan');
  await expect(
    page.getByText('The plan is made and waits for an approval.'),
  ).toBeVisible();

  const plan = page.getByRole('link', { name: 'See the plan' });
  await tabTo(page, plan);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { name: SUBJECT }).first(),
  ).toBeVisible();
  await expect(page.getByText(CHANGE).first()).toBeVisible();
  await press(page, 'Approve');
  await giveReason(page, 'Its owners agree');
  await expect(page.getByText(/guest approved it on/)).toBeVisible();
  const card = page.getByRole('article', { name: SUBJECT });
  // It shows by itself: the page is live.
  await expect(card).toContainText('done, settles', { timeout: ROUNDS_MS });
  await keepInBothThemes(page, card, 'scaling-advice-applied');

  await expect(card).toContainText(KILLED, { timeout: UNDONE_MS });
  await expect(card).toContainText('undone');
  await keepInBothThemes(page, card, 'scaling-advice-undone');

  await tabTo(page, card.getByRole('link', { name: SERVICE }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/catalog\/.*\/scaling/);
  const ledger = page.getByRole('table', { name: 'Ledger' });
  const entry = (event: string) =>
    ledger.getByRole('row').filter({
      has: page.getByText(event, { exact: true }),
    });
  await expect(entry('undone')).toContainText(KILLED);
  // What was done, and what took it back.
  await expect(entry('applied')).toHaveCount(2);
  await expect(entry('applied').last()).toContainText(CHANGE);

  // What was put back is what the advice is about, as before.
  await page.goto(ADVICE);
  await openAdvice(page);
  await page.getByRole('radio', { name: 'On the cluster' }).check();
  await expect(page.getByText(CHANGE)).toBeVisible();
});
