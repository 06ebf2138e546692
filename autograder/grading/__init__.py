"""Grade submissions: one file or a class, by several judges in parallel; keep verdicts for the next run."""
