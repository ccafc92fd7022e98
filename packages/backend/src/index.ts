import { createBackend } from '@backstage/backend-defaults';
import { notificationChannels } from './notificationChannels';
import { rootHealth } from './rootHealth';
import { scheduler } from './scheduler';

const backend = createBackend();

// Not ready while a database of Headroom doesn't answer
backend.add(rootHealth);
// Its routes are not for users
backend.add(scheduler);

// The built front end, served by this process in production
backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

backend.add(import('@backstage/plugin-permission-backend'));
// For a first look. In production: backend.add(import('./ownersPolicy')), or a
// policy of your own; see docs/hardening.md
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

// The catalog knows templates by it
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@headroom/plugin-scaffolder-backend-module-headroom'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-kubernetes-backend'));
// Assistants ask over MCP, as far as who asks may see; see docs/integrations/mcp.md
backend.add(import('@backstage/plugin-mcp-actions-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
// By mail and Slack, where those are configured
backend.add(notificationChannels);
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@headroom/plugin-cost-backend'));
backend.add(import('@headroom/plugin-cost-backend-module-prometheus'));
backend.add(import('@headroom/plugin-cost-backend-module-opencost'));
backend.add(import('@headroom/plugin-cost-backend-module-aws'));
backend.add(import('@headroom/plugin-cost-backend-module-demo'));

backend.add(import('@headroom/plugin-scaling-backend'));

backend.start();
