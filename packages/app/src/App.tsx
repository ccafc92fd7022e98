import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { scaffolderModule } from './modules/scaffolder';

/** The portal. Plugins add themselves: see `app.packages` in app-config.yaml. */
export default createApp({ features: [navModule, scaffolderModule] });
