-- Jobs that were planned again before their rows were kept (0013) counted other rows, and have none to show for it.
UPDATE longshore.job j SET replanned = 0
WHERE j.organization = {{organization}} AND j.replanned > 0 AND j.rows_let_go_at IS NULL AND NOT EXISTS (SELECT 1 FROM {{schema}}._replanned r WHERE r.job = j.number);
