/**
 * How long an entity may be gone before it loses what it had to others that claim
 * it: an interval of PostgreSQL.
 *
 * @public
 */
export const ENTITY_GRACE = "interval '7 days'";

/**
 * Whether what was read is another entity of a name that is known: it comes back
 * from elsewhere or with other owners, or is read elsewhere and then has other
 * owners. Its home is where its owners were first seen, and empty once it was read
 * elsewhere: who was there meanwhile can't be told.
 */
const isAnother = (read: string) => `CASE WHEN e.vanished_at IS NULL
  THEN e.owner_refs <> ${read}.owner_refs AND coalesce(e.home <> ${read}.location, false)
  ELSE (e.owner_refs, e.location) IS DISTINCT FROM (${read}.owner_refs, ${read}.location) END`;
const IS_TAKEN = isAnother('n');
const IS_ANOTHER = isAnother('excluded');

/**
 * Who had a name keeps what is kept for it, under a reference that no catalog
 * accepts. Bound: the entities, twice the time it is.
 */
export const partFromFormer = (prefix: string, hasHistory: string) => `
  WITH new AS (
    SELECT * FROM jsonb_to_recordset(?::jsonb) AS n (entity_ref text, owner_refs text[], location text)
  )
  UPDATE ${prefix}_entities e SET vanished_at = coalesce(e.vanished_at, ?::timestamptz),
    entity_ref = e.entity_ref || '@' || to_char(?::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD') || '-' || e.id
  FROM new n WHERE n.entity_ref = e.entity_ref AND e.kind <> 'group' AND ${IS_TAKEN} AND (${hasHistory})
  RETURNING n.entity_ref AS name, e.entity_ref AS former`;

/**
 * Writes only rows that differ; counts those that claims may depend on. Bound: the
 * entities, twice since when what is new in them holds, and twice the time it is.
 * Owners that change are new even while a catalog fills; only those of an entity
 * that had none yet were there before.
 */
export const upsert = (prefix: string) => `
  WITH new AS (
    SELECT * FROM jsonb_to_recordset(?::jsonb) AS n (
      entity_ref text, kind text, namespace text, name text, title text, spec_type text,
      system_ref text, owner_refs text[], labels jsonb, annotations jsonb, lifecycle text, appetite text, location text)
  ), old AS (
    SELECT e.entity_ref, e.annotations, e.owner_refs, e.location, e.vanished_at FROM ${prefix}_entities e JOIN new USING (entity_ref)
  ), written AS (
    INSERT INTO ${prefix}_entities AS e (entity_ref, kind, namespace, name, title, spec_type, system_ref, owner_refs, labels, annotations,
      lifecycle, appetite, location, home, claims_since, owners_since)
    SELECT entity_ref, kind, namespace, name, title, spec_type, system_ref, owner_refs, labels, annotations,
      lifecycle, appetite, location, location, ?::timestamptz, ?::timestamptz FROM new
    ON CONFLICT (entity_ref) DO UPDATE SET
      title = excluded.title, spec_type = excluded.spec_type, system_ref = excluded.system_ref,
      owner_refs = excluded.owner_refs, labels = excluded.labels, annotations = excluded.annotations,
      lifecycle = excluded.lifecycle, appetite = excluded.appetite, location = excluded.location, vanished_at = NULL,
      claims_since = CASE WHEN e.annotations = excluded.annotations AND NOT ${IS_ANOTHER}
        AND (e.vanished_at IS NULL OR e.vanished_at > ?::timestamptz - ${ENTITY_GRACE}) THEN e.claims_since ELSE excluded.claims_since END,
      home = CASE WHEN e.owner_refs <> excluded.owner_refs OR ${IS_ANOTHER} THEN excluded.location
        WHEN e.location <> excluded.location THEN '' ELSE coalesce(e.home, excluded.location) END,
      owners_since = CASE WHEN e.owner_refs = excluded.owner_refs AND e.location IS NOT DISTINCT FROM excluded.location THEN e.owners_since
        WHEN e.owner_refs = '{}' AND e.owners_since = excluded.owners_since THEN e.owners_since ELSE ?::timestamptz END
    WHERE (e.title, e.spec_type, e.system_ref, e.owner_refs, e.labels, e.annotations, e.lifecycle, e.appetite, e.location, e.vanished_at)
      IS DISTINCT FROM (excluded.title, excluded.spec_type, excluded.system_ref, excluded.owner_refs,
        excluded.labels, excluded.annotations, excluded.lifecycle, excluded.appetite, excluded.location, NULL::timestamptz)
    RETURNING entity_ref, annotations, owner_refs, location
  )
  SELECT count(*) AS written, count(*) FILTER (
    WHERE o.entity_ref IS NULL OR o.vanished_at IS NOT NULL
      OR (o.annotations, o.owner_refs, o.location) IS DISTINCT FROM (w.annotations, w.owner_refs, w.location)) AS affected
  FROM written w LEFT JOIN old o USING (entity_ref)`;

/** Entities that claim something, and those that may keep what they had. */
export const claiming = (prefix: string) => `
  SELECT id, entity_ref, kind, namespace, name, annotations, owner_refs, location, claims_since, owners_since,
    vanished_at IS NOT NULL AS vanished, home IS DISTINCT FROM location AS moved
  FROM ${prefix}_entities
  WHERE kind <> 'group' AND (vanished_at IS NULL OR vanished_at > now() - ${ENTITY_GRACE})`;
