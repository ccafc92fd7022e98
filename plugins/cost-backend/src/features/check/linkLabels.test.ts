import { LinkRule } from '@headroom/common';
import { linkLabelsOf } from './linkLabels';

it('are those of owners and of rules about the cluster, once', () => {
  const entityRef = 'component:default/web';
  const links: LinkRule[] = [
    { namespace: 'shop', entityRef },
    { labels: { tier: 'web', team: 'a*' }, entityRef },
    { cluster: 'us-*', labels: { appName: 'web' }, entityRef },
    { cluster: 'eu-*', labels: { region: 'eu' }, entityRef },
  ];
  const ownerLabels = ['team', 'acme.io/owner'];
  expect(linkLabelsOf('us-west', { ownerLabels, links })).toEqual([
    'team',
    'acme.io/owner',
    'tier',
    'appName',
  ]);
  expect(linkLabelsOf('us-west', { ownerLabels: [], links: [] })).toEqual([]);
});
