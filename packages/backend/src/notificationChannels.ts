import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import email from '@backstage/plugin-notifications-backend-module-email';
import slack from '@backstage/plugin-notifications-backend-module-slack';

/**
 * Backstage's own modules that send notifications on, each where it is configured: the
 * one for e-mail does not start without its configuration. See docs/concepts/alerts.md.
 */
export const notificationChannels = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    if (config.has('notifications.processors.email')) {
      yield email;
    }
    if (config.has('notifications.processors.slack')) {
      yield slack;
    }
  },
});
