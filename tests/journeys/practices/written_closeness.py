"""What Noa writes with the practices of “Closeness”."""

from __future__ import annotations

from tests.journeys.practices.written import Written

CLOSENESS = (
    Written(
        "map-of-closeness",
        "intimacy_map",
        (
            ("items", [(2, "answer", "yes"), (4, "answer", "not_now"), (4, "pace", "After the move, perhaps.")]),
            ("good_signs", "my shoulders come down"),
        ),
        "shoulders come down",
        ("asking", "With a question first."),
    ),
    Written(
        "closer-step-by-step",
        "closeness_ladder",
        (
            ("rungs", [(0, "rung", "Reading in the same bed"), (0, "feel", "mixed")]),
            ("resting_place", "The sofa, with feet touching."),
        ),
        "feet touching",
        ("step_back", "I say: the sofa is far enough."),
    ),
    Written(
        "settle-side-by-side",
        "attunement_practice",
        (("what", "back_to_back"), ("minutes", "8"), ("ease_before", 4), ("note", "The floor creaked in time.")),
        "floor creaked",
        ("note", " We laughed at it."),
        own="calm",
    ),
)
