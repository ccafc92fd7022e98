import { defineConfig } from '@playwright/test';

/** `yarn test:e2e` starts the portal and says where it is and which browser to use. */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  timeout: 90_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  // One browser at a time: the portal and the tests share two cores in CI.
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  reporter: [
    ['list'],
    ['html', { open: 'never', outputFolder: 'e2e-test-report' }],
  ],
  outputDir: 'node_modules/.cache/e2e-test-results',
  use: {
    baseURL: process.env.PLAYWRIGHT_URL ?? 'http://localhost:3000',
    viewport: { width: 1280, height: 720 },
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    // To trace every test takes a quarter of its time.
    trace: 'on-first-retry',
    launchOptions: {
      executablePath: process.env.HEADROOM_CHROMIUM,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // Nothing but loopback.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
