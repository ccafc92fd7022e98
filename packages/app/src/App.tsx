import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';

/** The portal. Plugins add themselves: see `app.packages` in app-config.yaml. */
export default createApp({ features: [navModule] });
