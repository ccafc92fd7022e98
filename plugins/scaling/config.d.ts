export interface Config {
  headroom?: {
    /**
     * Where the pages of `docs/` are published, such as
     * `https://docs.example.org/headroom`: numbers of rules lead to
     * `concepts/manifests.md` there. Absent = they are no links.
     * @visibility frontend
     */
    docsUrl?: string;
  };
}
