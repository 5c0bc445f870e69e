"""What GrowthBook's gbstats 0.8.0 says: its sequential interval of a difference of shares."""

import json

from gbstats.frequentist.tests import SequentialConfig, SequentialTwoSidedTTest
from gbstats.models.statistics import ProportionStatistic

CASES = [
    # control's sessions and failed ones, the candidate's, alpha
    (9_000, 180, 1_000, 40, 0.05),
    (9_000, 180, 1_000, 40, 0.02),
    (500, 10, 500, 30, 0.1),
    (1_000_000, 20_000, 50_000, 1_100, 0.05),
    (100, 1, 3, 1, 0.05),
]

cases = []
for n0, x0, n1, x1, alpha in CASES:
    config = SequentialConfig(difference_type="absolute", alpha=alpha)
    test = SequentialTwoSidedTTest(ProportionStatistic(n=n0, sum=x0), ProportionStatistic(n=n1, sum=x1), config)
    low, high = test.confidence_interval
    cases.append({
        "control": [n0, x0], "candidate": [n1, x1], "alpha": alpha,
        "tuned_to": config.sequential_tuning_parameter, "low": float(low), "high": float(high),
    })
print(json.dumps({"package": "gbstats 0.8.0", "cases": cases}, indent=1))
