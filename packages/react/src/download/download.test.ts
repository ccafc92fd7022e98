import { safeFileName } from './download';

describe('safeFileName', () => {
  it.each([
    ['cost-fleet-focus.csv', 'cost-fleet-focus.csv'],
    [
      'cost-gaps-arn:aws:eks:eu-central-1:123:cluster/prod.csv',
      'cost-gaps-arn-aws-eks-eu-central-1-123-cluster-prod.csv',
    ],
    ['cost-gaps-gke_shop_west_Prod.csv', 'cost-gaps-gke_shop_west_Prod.csv'],
    ['cost-gaps-Prod (EU).csv', 'cost-gaps-Prod-EU-.csv'],
    ['cost-gaps-Düsseldorf 日本.csv', 'cost-gaps-Düsseldorf-日本.csv'],
  ])('%s is saved as %s', (name, saved) => {
    expect(safeFileName(name)).toBe(saved);
  });
});
