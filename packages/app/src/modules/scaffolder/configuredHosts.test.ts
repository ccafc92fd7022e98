import { ConfigReader } from '@backstage/config';
import { configuredHosts } from './configuredHosts';

it.each([
  [{}, []],
  [
    {
      integrations: {
        github: [{ host: '127.0.0.1:7011' }, { host: 'github.com' }],
        gitlab: [{ host: 'gitlab.example.com' }],
      },
    },
    ['127.0.0.1:7011', 'github.com', 'gitlab.example.com'],
  ],
])('of %j are %j', (data, hosts) => {
  expect(configuredHosts(new ConfigReader(data))).toEqual(hosts);
});
