export interface Config {
  headroom?: {
    manifests?: {
      /**
       * A folder of schemas by which `headroom:manifests:validate` judges:
       * `crds/*.yaml` (CustomResourceDefinitions), `json/*.json` (JSON schemas by
       * `x-kubernetes-group-version-kind` or by file name) and
       * `kubernetes-openapi-v2.json.gz`. Without it kinds are judged by rules only.
       */
      schemas?: string;
    };
  };
}
