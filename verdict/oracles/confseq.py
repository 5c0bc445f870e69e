"""What confseq 0.0.11 says: its beta-binomial mixture, and its confidence sequence of a share, made one of a ratio of rates."""

import json

from confseq import boundaries

CASES = [
    # candidate's share of sessions, failed sessions of the candidate, of both
    (0.2, 62, 210),
    (0.5, 60, 120),
    (0.1, 60, 400),
    (0.1, 40, 400),
    (0.5, 700, 1_000),
    (0.05, 150, 2_000),
    (0.8, 830, 1_000),
]
ALPHA = 0.05

cases = []
for share, candidate, both in CASES:
    v_opt = both * share * (1 - share)
    s, v = candidate - both * share, both * share * (1 - share)
    log_e = boundaries.beta_binomial_log_mixture(s, v, v_opt, share, 1 - share, ALPHA, False)
    low, high = boundaries.bernoulli_confidence_interval(candidate, both, ALPHA, both, ALPHA)
    ratio = lambda mean: mean / (1 - mean) * (1 - share) / share
    cases.append({
        "share": share, "candidate": candidate, "both": both, "alpha": ALPHA,
        "log_e": float(log_e), "ratio_low": ratio(low), "ratio_high": ratio(high),
    })
print(json.dumps({"package": "confseq 0.0.11", "cases": cases}, indent=1))
