/** SQL: what a planned update `p` changes, {"title":{"from":"CEO","to":"CFO"}}, without the moments that follow; null for all other rows. */
export function plannedDiff(p: string): string {
  return `CASE WHEN ${p}.before IS NOT NULL THEN (SELECT coalesce(jsonb_object_agg(e.key, jsonb_build_object('from', e.value, 'to', ${p}.after -> e.key)), '{}') FROM jsonb_each(${p}.before - 'updated_at' - 'as_of') e) END`
}
