"""What Noa writes with the practices of “Steady myself”."""

from __future__ import annotations

from tests.journeys.practices.written import THREAD, Written

STEADY = (
    Written(
        "log-a-trigger",
        "trigger",
        (("cue", "The hall light off at ten"), ("peak", 7), ("move", ("withdraw",))),
        "hall light",
        ("needed", "A word that the evening was not lost."),
        own="trigger",
    ),
    Written(
        "my-settling-kit",
        "tool",
        (
            ("title", "Hands in cold sand"),
            ("how", "The tray on the balcony, until I can feel my fingers."),
            ("where", ("home",)),
            ("helped", 6),
        ),
        "cold sand",
        ("not_this", "Being told to breathe."),
    ),
    Written(
        "one-minute-check-in",
        "checkin",
        (("felt_safety", 6), ("trust", 5), ("line", "The soup was still warm.")),
        "soup",
        ("line", " And so were we."),
        own="checkin",
    ),
    Written(
        "back-to-here",
        "tool",
        (("title", "Five blue things"), ("tool_kind", ("senses",)), ("how", "From the left wall round to the window.")),
        "blue things",
        ("ask", "Tell me a blue thing."),
        own="calm",
    ),
    Written(
        "after-a-setback",
        "setback",
        (
            ("happened", "I searched the coat pockets on Friday."),
            ("was_new", "I said so the same evening."),
            ("safeguard", "Fridays without wine."),
            ("thread", THREAD),
        ),
        "coat pockets",
        ("next_step", "Asking aloud before nine."),
    ),
    Written(
        "looking-after-myself",
        "ritual",
        (("title", "Swim before the shift"), ("full", "Twenty lengths."), ("small", "Feet in the water.")),
        "twenty lengths",
        ("why", "My head is quieter for a day."),
    ),
    Written(
        "the-long-view",
        "plan",
        (
            ("title", "Until the summer"),
            ("own_check", "Every second Sunday, alone."),
            ("early_signs", "I stop telling about the ward"),
            ("then_do", "One sentence on the stairs"),
        ),
        "second Sunday",
        ("therapy_rhythm", "Every three weeks, with Ms Renard."),
    ),
    Written(
        "our-pause-words",
        "pause_script",
        (
            ("signs_me", "my voice gets thin"),
            ("words", "I want this talk, and not at this speed."),
            ("length", "25"),
            ("who_returns", "Whoever called it, with the kettle on."),
        ),
        "voice gets thin",
        ("meanwhile", "Round the block, without the phone."),
    ),
)
