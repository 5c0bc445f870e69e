"""What savvi 0.3.1 says of failed sessions of candidate and control (Lindon and Malek's test)."""

import json

import numpy as np
from savvi.multinomial import InhomogeneousPoissonProcess, Multinomial

CASES = [
    # control's share, candidate's share, control's count, candidate's count; the first is the published example.
    (0.8, 0.2, 148, 62),
    (0.5, 0.5, 10, 10),
    (0.5, 0.5, 100, 140),
    (0.9, 0.1, 500, 90),
    (0.99, 0.01, 2_000, 41),
    (0.25, 0.75, 60, 120),
]
ALPHA, K = 0.05, 100

cases = []
for control_share, share, control, candidate in CASES:
    rho, counts = np.array([control_share, share]), np.array([control, candidate])
    test = Multinomial(ALPHA, rho, K)
    test.update(counts)
    release = InhomogeneousPoissonProcess(ALPHA, rho, np.array([[-1, 1]]), K)
    release.update(counts)
    low, high = release.calculate_conf_int()[0]
    cases.append({
        "share": share, "control": control, "candidate": candidate, "k": K, "alpha": ALPHA,
        "log_e": float(np.log(test.odds)), "p": float(1 / test.odds),
        "log_ratio_low": float(low), "log_ratio_high": float(high),
    })
print(json.dumps({"package": "savvi 0.3.1", "cases": cases}, indent=1))
