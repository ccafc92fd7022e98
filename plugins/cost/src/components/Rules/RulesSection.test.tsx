import { screen, within } from '@testing-library/react';
import { axeFindings } from '../../__testUtils__/axe';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { costRule, rulesReport } from '../../__testUtils__/ruleReports';
import { RulesSection } from './RulesSection';

// Whole tables, and roles looked up in all of their cells.
jest.setTimeout(60_000);

function setUp(report = rulesReport()) {
  return renderCost(<RulesSection timezone="UTC" />, {
    api: mockCostApi({ getRules: jest.fn(async () => report) }),
  });
}

/** Percentages have spaces that don't break. */
const plainText = ({ textContent }: HTMLElement) =>
  textContent?.replace(/[\u00a0\u202f]/g, ' ');

describe('RulesSection', () => {
  it('lists what is over which rule, since when, and leads to what drives it', async () => {
    setUp();
    const table = await screen.findByRole('table', { name: 'Over a rule now' });
    const [, cluster, service] = within(table).getAllByRole('row');
    expect(plainText(service)).toContain(
      'CPU and memory used, of what is paid for: below 30 %',
    );
    expect(plainText(service)).toMatch(/13 %.*\$81\.20.*5 October 2026, 07:00/);
    expect(
      within(service).getByRole('link', { name: 'AkiDB REST' }),
    ).toHaveAttribute('href', '/catalog/default/component/akidb-rest/cost');
    expect(plainText(cluster)).toContain('Cluster us-west');
    expect(plainText(cluster)).toContain('Last hours not known');
  });

  it('lists the rules, and how many are over each', async () => {
    setUp(
      rulesReport({
        rules: [
          costRule({ unknown: 3 }),
          costRule({ id: 'off', enabled: false, through: undefined }),
        ],
      }),
    );
    const table = await screen.findByRole('table', { name: 'Rules' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(plainText(first)).toMatch(/2 hoursservices\$25\.\d*13On/);
    expect(plainText(second)).toMatch(/––Off/);
    expect(
      screen.getByText(/Of 3 services, teams and clusters the last hours/),
    ).toBeInTheDocument();
  });

  it.each([
    [{ rules: [costRule()] }, 'Nothing is over a rule.'],
    [{ rules: [costRule({ through: undefined })] }, /No hour was judged yet/],
    [{ rules: [costRule({ enabled: false })] }, /No rule is enabled/],
    [{ restricted: true }, /where all of its cost is yours to see/],
    [{ rules: [costRule({ unknownMore: true })] }, /yours may be among them/],
  ])('tells nothing, not yet and not known apart: %#', async (change, text) => {
    setUp(rulesReport({ over: [], ...change }));
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('says why it can’t be shown', async () => {
    renderCost(<RulesSection timezone="UTC" />, {
      api: mockCostApi({
        getRules: async () => {
          throw new Error('The database is away');
        },
      }),
    });
    expect(await screen.findByText(/The database is away/)).toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = setUp();
    await screen.findByRole('table', { name: 'Rules' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
