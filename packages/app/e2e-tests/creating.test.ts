import { expect, Page, test } from '@playwright/test';
import {
  expectAccessible,
  keepInBothThemes,
  keepScreenshot,
  openAsGuest,
} from './support/portal';

/** Another one each time, as a test may be tried again. */
const NAME = `parcels-${Date.now().toString(36)}`;
/** Until what is created is in the catalog, and runs in the simulated cluster. */
const CREATED_MS = 120_000;

test.use({ actionTimeout: 60_000 });

/** Goes to the next part of the form, which comes when this one is checked. */
async function next(page: Page, part: string) {
  await page.getByRole('button', { name: /^(Next|Review)$/ }).click();
  await expect(
    page
      .locator('.MuiStepLabel-active')
      .filter({ hasText: new RegExp(`^${part}$`) }),
  ).toBeVisible();
}

/** An amount as pages show it: `$13.58`, `$1,234`, `$1.2k`. */
function amountOf(text: string): number {
  const [, digits, kilo] = /\$([\d.,]+)(k?)/.exec(text) ?? [];
  return Number(digits.replaceAll(',', '')) * (kilo ? 1000 : 1);
}

test('a service is created whose cost was said before', async ({ page }) => {
  test.setTimeout(5 * CREATED_MS);
  await openAsGuest(page, '/create');
  await page
    .locator('.MuiCard-root')
    .filter({ hasText: 'Web service' })
    .getByRole('button', { name: 'Choose' })
    .click();
  await page.getByRole('textbox', { name: /^Name/ }).fill(NAME);
  await page
    .getByRole('textbox', { name: 'What it does' })
    .fill('Says where a parcel is.');
  await page.getByRole('textbox', { name: /^Team/ }).fill('Platform');
  await page
    .getByRole('option', { name: /Platform/ })
    .first()
    .click();

  await next(page, 'Traffic and size');
  await expect(page.getByText('What follows, and why')).toBeVisible();
  await expect(
    page.getByText('Each request takes CPU', { exact: false }),
  ).toBeVisible();
  await keepScreenshot(page, 'creating-reasons');

  await next(page, 'Where it runs');
  await page.getByLabel(/^Cluster/).selectOption('us-west');
  await page.getByRole('textbox', { name: /^Namespace/ }).fill('parcels');
  await page.getByLabel('Deploy at once to').selectOption('us-west');
  await keepScreenshot(page, 'creating-place');

  await next(page, 'Cost and review');
  await page.getByRole('textbox', { name: /^Owner/ }).fill('parcels');
  const repository = page.getByRole('textbox', { name: /^Repository/ });
  await repository.fill(NAME);
  // It is taken over when the field is left.
  await repository.press('Tab');
  const said = page.getByText(/^\$[\d.]+ to \$[\d.]+ a month$/).first();
  await expect(said).toBeVisible();
  await expect(
    page.getByText('Similar services', { exact: true }),
  ).toBeVisible();
  await keepScreenshot(page, 'creating-cost');
  await expectAccessible(page);
  // What the form promises for the fewest replicas, each as dear as the other.
  const promised = amountOf((await said.textContent()) ?? '');
  const sizes = await page.getByText(/^From \d+ to \d+ replicas/).textContent();
  const [, fewest] = /^From (\d+)/.exec(sizes ?? '') ?? [];

  await next(page, 'Review');
  await keepScreenshot(page, 'creating-review');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const inCatalog = page.getByRole('link', {
    name: 'The service in the catalog',
  });
  await expect(inCatalog).toBeVisible({ timeout: CREATED_MS });
  await keepScreenshot(page, 'creating-created');
  await inCatalog.click();
  await expect(page.getByRole('heading', { name: NAME }).first()).toBeVisible();
  // The catalog processes what was registered in its own time, and its page looks once.
  await expect(async () => {
    await page.reload();
    await expect(
      page.getByRole('link', { name: 'Kubernetes' }).last(),
    ).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: CREATED_MS });

  for (const tab of ['Kubernetes', 'Cost', 'Scaling']) {
    // The last of that name: the sidebar has some of them, too.
    await expect(page.getByRole('link', { name: tab }).last()).toBeVisible();
  }

  // The simulated cluster runs it, as the Kubernetes tab sees.
  await expect(async () => {
    await page.goto(`/catalog/default/component/${NAME}/kubernetes`);
    await expect(page.getByText(/^[1-9]\d* pods$/).first()).toBeVisible();
  }).toPass({ timeout: CREATED_MS });
  await keepScreenshot(page, 'created-kubernetes');

  // What it costs is said before an hour of it is measured, as the form promised.
  const now = page.getByText(/^Running now: about \$[\d.,]+k? a month at \d+/);
  await page.goto(`/catalog/default/component/${NAME}/cost`);
  await expect(now).toBeVisible({ timeout: CREATED_MS });
  await keepInBothThemes(page, now, 'created-cost');
  const sentence = (await now.textContent()) ?? '';
  const [, replicas] = /at (\d+) replica/.exec(sentence) ?? [];
  const aReplica = amountOf(sentence) / Number(replicas);
  expect(Math.abs(aReplica / (promised / Number(fewest)) - 1)).toBeLessThan(
    0.01,
  );
  await expect(
    page.getByRole('table', { name: 'What runs now' }),
  ).toBeVisible();
  await page.goto(`/catalog/default/component/${NAME}`);
  await expect(now).toBeVisible();
  await keepScreenshot(page, 'created-overview');

  // Scaling has read it from the catalog, too, or finds it by itself soon.
  await page.goto(`/catalog/default/component/${NAME}/scaling`);
  await expect(
    page.getByRole('heading', { name: 'In force' }).first(),
  ).toBeVisible({ timeout: CREATED_MS });
});
