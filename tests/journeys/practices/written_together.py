"""What Noa writes with the practices of “Together”."""

from __future__ import annotations

from tests.journeys.practices.written import Written

TOGETHER = (
    Written(
        "hearing-an-old-hurt",
        "conversation",
        (
            ("topic", "The empty chair at the recital"),
            ("strength_before", 6),
            (
                "step_notes",
                [
                    (0, "step", "Name one moment"),
                    (0, "note", "The chair in the second row."),
                    (1, "step", "What you wish had happened"),
                    (1, "note", "A hand up at the back, so that I knew who was there."),
                ],
            ),
            ("heard", 7),
            ("taking", "Jules remembered which song it was."),
        ),
        "second row",
        ("left_open", "Whether we go next year."),
        own="conversation",
    ),
    Written(
        "reach-answer-stay",
        "checkin",
        (("accessible", 3), ("responsive", 2), ("engaged", 3), ("line", "A walk to the weir without phones.")),
        "weir",
        ("line", " Rain on the way back."),
        own="checkin",
    ),
    Written(
        "what-shelter-means",
        "couple_bubble",
        (
            ("safe", "a hand on my back at parties"),
            ("unsafe", "plans that change without a word"),
            ("one_ask", "Say when you will be back, roughly."),
        ),
        "parties",
        ("one_give", "Coffee before the early shift."),
    ),
    Written(
        "read-me-answer-me",
        "emotion_responses",
        (
            ("rows", [(3, "shows", "I tidy the same shelf twice."), (3, "helps", "Sitting on the floor beside me.")]),
            ("tried", "Sadness, on the balcony."),
        ),
        "shelf twice",
        ("tried", " It was enough to be quiet."),
    ),
    Written(
        "talk-with-turns",
        "conversation",
        (
            ("topic", "Who drives to the coast in June"),
            ("strength_before", 3),
            (
                "step_notes",
                [
                    (0, "step", "Agree the frame"),
                    (0, "note", "Twenty minutes, and the old car stays out of it."),
                    (1, "step", "One ask, if there is one"),
                    (1, "note", "To swap at the bridge."),
                ],
            ),
            ("heard", 8),
            ("taking", "Jules finds motorways as long as I do."),
        ),
        "coast in June",
        ("left_open", "Whether the dog comes along."),
        own="conversation",
    ),
    Written(
        "one-story-two-voices",
        "joint_narrative",
        (
            ("title", "What the autumn was"),
            ("happened", "Two shifts, one phone, and a corridor with a drinks machine."),
            ("differs", "Whether it was nine or ten."),
            ("learned", "Silence is read as an answer"),
        ),
        "drinks machine",
        ("new_story", "We were both alone that night, in different buildings."),
    ),
    Written(
        "small-repair",
        "conversation",
        (
            ("topic", "Sharp words over the recycling"),
            ("strength_before", 4),
            (
                "step_notes",
                [(0, "step", "How it was for me"), (0, "note", "I heard the lid, and was eleven again.")],
            ),
            ("heard", 6),
            ("taking", "Sorry came before the reason."),
        ),
        "recycling",
        ("left_open", "Who carries it down on Mondays."),
        own="conversation",
    ),
    Written(
        "thanks-and-hopes",
        "goal",
        (
            ("title", "A week by the sea in May"),
            ("why", "Air, and no rota."),
            ("first_step", "Ask about the blue house."),
        ),
        "blue house",
        ("why", " And the tide table."),
    ),
    Written(
        "what-it-means-now",
        "joint_narrative",
        (
            ("title", "The year of the two phones"),
            ("bond", "That each of us waited for the other to knock."),
            ("different", "We knock"),
        ),
        "other to knock",
        ("open", "Whether we tell the children."),
    ),
)
