import AxeBuilder from '@axe-core/playwright';
import { expect, Locator, Page } from '@playwright/test';

/** Opens a page of the portal as the guest user, in the wanted theme. */
export async function openAsGuest(
  page: Page,
  path: string,
  theme: 'light' | 'dark' = 'light',
): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.addInitScript(chosen => {
    window.localStorage.setItem('theme', chosen);
  }, theme);
  await page.goto(path);
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(
    page
      .getByRole('navigation', { name: 'sidebar nav' })
      .getByRole('link', { name: 'Settings' }),
  ).toBeVisible();
}

/** Waits until a cost report is shown in place of its skeleton. */
export async function reportShown(page: Page): Promise<void> {
  await expect(
    page.getByRole('heading', { name: 'Spend by day' }),
  ).toBeVisible();
}

/** No finding of axe that would shut somebody out. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Backstage's own page tabs name a panel that they don't render.
    .exclude('[aria-label="Toolbar tabs"] [role="tab"]')
    // Nor does its picker of repositories name its own select.
    .exclude('[data-testid="host-select"]')
    .analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.slice(0, 5).map(node => node.target.join(' ')),
    }));
  expect(grave).toEqual([]);
}

/** Presses of Tab after which an element counts as out of reach. */
const MOST_PRESSES = 80;

/** Presses Tab until the wanted element has the focus, as somebody without a mouse would. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if (await target.evaluate(element => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${MOST_PRESSES} presses of Tab did not reach ${target}`);
}

/** Goes to the first button of a name, and presses it by keyboard. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name }).first();
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}

/** Fills the reason of the open dialog and submits it, by keyboard. */
export async function giveReason(page: Page, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('textbox', { name: /^Reason/ }));
  await page.keyboard.type(reason);
  await tabTo(page, dialog.locator('button[type="submit"]'));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
}

/** Changes the theme of an open page, as choosing it in another tab would. */
export async function switchTheme(
  page: Page,
  theme: 'light' | 'dark',
): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.evaluate(chosen => {
    window.localStorage.setItem('theme', chosen);
    window.dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
  }, theme);
  await expect(page.locator('body')).toHaveAttribute('data-theme-mode', theme);
}

/** Keeps a picture of the whole page in e2e-screenshots/. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({
    path: `e2e-screenshots/${name}.png`,
    fullPage: true,
    animations: 'disabled',
  });
}

/**
 * Keeps pictures of a page in both themes, and looks whether it is accessible in both;
 * pictures come first, as what they show may soon change. The page is light at the end.
 *
 * @param shown - is there once the page has been drawn anew
 */
export async function keepInBothThemes(
  page: Page,
  shown: Locator,
  name: string,
): Promise<void> {
  const themes = ['dark', 'light'] as const;
  const show = async (theme: (typeof themes)[number]) => {
    await switchTheme(page, theme);
    // The page asks anew in another theme.
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await expect(shown).toBeVisible();
  };
  for (const theme of themes) {
    await show(theme);
    await keepScreenshot(page, `${name}-${theme}`);
  }
  for (const theme of themes) {
    await show(theme);
    await expectAccessible(page);
  }
}
