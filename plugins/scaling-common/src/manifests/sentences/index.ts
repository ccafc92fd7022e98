import { createWorder } from '@headroom/common';
import { HARDENING_SENTENCES } from './hardeningSentences';
import { HPA_SENTENCES } from './hpaSentences';
import { KEDA_SENTENCES } from './kedaSentences';
import { NETWORK_SENTENCES } from './networkSentences';
import { NODE_SENTENCES } from './nodeSentences';
import { PDB_SENTENCES } from './pdbSentences';
import { POD_SENTENCES } from './podSentences';
import { QUEUE_SENTENCES } from './queueSentences';
import { QUOTA_SENTENCES } from './quotaSentences';
import { SOURCE_SENTENCES } from './sourceSentences';
import { VPA_SENTENCES } from './vpaSentences';
import { YAML_SENTENCES } from './yamlSentences';

/**
 * What is wrong with manifests and why, by the numbers of the rules: `M7` says what
 * is, `M7why` what comes of it.
 *
 * @public
 */
export const MANIFEST_SENTENCES = {
  ...YAML_SENTENCES,
  ...SOURCE_SENTENCES,
  ...VPA_SENTENCES,
  ...HPA_SENTENCES,
  ...KEDA_SENTENCES,
  ...PDB_SENTENCES,
  ...QUOTA_SENTENCES,
  ...NODE_SENTENCES,
  ...QUEUE_SENTENCES,
  ...POD_SENTENCES,
  ...HARDENING_SENTENCES,
  ...NETWORK_SENTENCES,
} as const;

/** Says what is wrong with manifests, and what could not be read of them. @public */
export const sayManifest = createWorder('scalingManifests', MANIFEST_SENTENCES);
