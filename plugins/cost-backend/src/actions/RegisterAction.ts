import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';

/** Makes an action known, which assistants call as a tool. */
export type RegisterAction = (registry: ActionsRegistryService) => void;

/** Of every action here: it looks, and looking twice is the same. */
export const READS = {
  readOnly: true,
  destructive: false,
  idempotent: true,
} as const;
