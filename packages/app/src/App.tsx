import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { scaffolderModule } from './modules/scaffolder';
import { settingsModule } from './modules/settings';

/** The portal. Plugins add themselves: see `app.packages` in app-config.yaml. */
export default createApp({
  features: [navModule, scaffolderModule, settingsModule],
});
