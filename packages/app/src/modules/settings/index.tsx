import {
  createFrontendModule,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';

/** The tab _Notifications_ of the settings, which the plugin leaves to the portal. */
export const settingsModule = createFrontendModule({
  pluginId: 'user-settings',
  extensions: [
    SubPageBlueprint.make({
      name: 'notifications',
      params: {
        path: 'notifications',
        title: 'Notifications',
        loader: async () => {
          const { NotificationSettings } = await import(
            './NotificationSettings'
          );
          return <NotificationSettings />;
        },
      },
    }),
  ],
});
