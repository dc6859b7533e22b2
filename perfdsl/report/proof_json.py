"""What was proved, as data; numbers are strings."""

from __future__ import annotations

from typing import Any

from perfdsl.prove.claims import Proof
from perfdsl.quantity import exact_text


def proof_json(proof: Proof) -> dict[str, Any]:
    """`claims` and `jumps` in the order of the form; `test` is empty where there is no counterexample."""
    return {
        "claims": [{"kind": claim.kind.value, "subject": claim.subject, "verdict": claim.verdict.value, "text": claim.text,
                    "place": str(claim.span), "test": claim.test} for claim in proof.claims],
        "jumps": [{"subject": jump.subject, "unknown": jump.unknown, "at": jump.at, "before": exact_text(jump.before),
                   "after": exact_text(jump.after)} for jump in proof.jumps],
        "left_out": list(proof.left_out),
    }
