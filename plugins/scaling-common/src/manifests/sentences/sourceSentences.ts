/** What of a service could not be checked, and why. */
export const SOURCE_SENTENCES = {
  kindsUnread:
    'The cluster {{cluster}} does not give {{kinds}} of the namespace {{namespace}} ({{failure}}), so what they have or lack is not known.',
  clusterUnread:
    'Nothing says how to reach the Kubernetes API of the cluster {{cluster}}, so what runs there was not checked.',
  versionUnread:
    'The version of Kubernetes that the cluster {{cluster}} runs could not be read ({{failure}}), so what only some versions know was not checked.',
  clusterUnseen:
    'What runs in the cluster {{cluster}} is not known, so nothing of it was checked.',
  tooManyObjects:
    'The namespace {{namespace}} of the cluster {{cluster}} has more {{kinds}} than are looked at, so some were not checked.',
  tooManyPlaces:
    'The service runs in {{count}} namespaces, and the first {{most}} were checked.',
  fileUnread: '{{file}} was not checked. {{why}}',
  filesUnread: '{{count}} more files were not checked.',
  filesPartly:
    '{{url}} has more than is read, so some of its manifests were not checked.',
  noSource:
    'Nothing says where the manifests of the service are; name the folder in the annotation headroom.io/manifests.',
} as const;
