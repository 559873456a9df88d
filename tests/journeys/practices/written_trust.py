"""What Noa writes with the practices of “Rebuild trust”."""

from __future__ import annotations

from tests.journeys.practices.written import PROMISE, THREAD, Written

TRUST = (
    Written(
        "eight-step-path",
        "path_step",
        (
            ("thread", THREAD),
            ("step", "guard"),
            ("happened", "We noticed the circling on the stairs and stopped."),
            ("not_yet", "Stopping before the second sentence."),
        ),
        "circling",
        ("made_possible", "Ms Renard had drawn it for us."),
        own="step",
    ),
    Written(
        "small-turning-points",
        "moment",
        (
            ("reached", "other"),
            ("for_what", "Jules held up the odd mug from the market."),
            ("read_right", "yes"),
            ("turned", "toward"),
        ),
        "odd mug",
        ("followed", "We laughed until the kettle boiled over."),
    ),
    Written(
        "a-new-moment",
        "new_experience",
        (
            ("happened", "I rang at lunch and it was picked up."),
            ("came_back", "A calm voice, and time."),
            ("thread", THREAD),
        ),
        "picked up",
        ("says_now", "Ringing is not too much."),
    ),
    Written(
        "three-phases-of-repair",
        "trust_revival",
        (
            ("thread", THREAD),
            ("phase", "attune"),
            ("attune_both", [(0, "how", "We ask one real question at supper.")]),
        ),
        "real question",
        ("phase", "attach"),
    ),
    Written(
        "promises-you-can-see",
        "commitment",
        (
            ("wording", "I put the phone in the bowl by the door at eight."),
            ("sort", "shows"),
            ("cost", "low"),
            ("rhythm", "daily"),
        ),
        "bowl by the door",
        ("if_late", "A note on the bowl, with the reason."),
    ),
    Written(
        "amends-from-two-seats",
        "forgiveness_work",
        (
            ("thread", THREAD),
            ("c_cost", "A winter of listening to the lift."),
            ("c_not", "That the corridor was nothing."),
        ),
        "the lift",
        ("p_own", "Mornings that begin with the window open."),
    ),
    Written(
        "agreements-that-hold",
        "boundary",
        (
            ("wording", "Nobody reads the other one’s messages."),
            ("why", "Looking calmed me for ten minutes and cost a week."),
            ("looks_like", "Phones lie face up and stay closed."),
        ),
        "cost a week",
        ("exceptions", "A call from the ward at night."),
    ),
    Written(
        "doing-what-i-said",
        "commitment_event",
        (("commitment", PROMISE), ("outcome", "kept_late"), ("note", "Twenty to nine, from the tram stop.")),
        "tram stop",
        ("note", "Twenty to nine, from the tram stop, in the rain."),
    ),
    Written(
        "small-steady-rituals",
        "ritual",
        (
            ("title", "Lamp and two chairs"),
            ("full", "Ten minutes by the lamp after supper."),
            ("small", "One sentence on the stairs."),
            ("rhythm", "days"),
        ),
        "two chairs",
        ("why", "So that the day has an edge."),
    ),
    Written(
        "one-good-thing",
        "appreciation",
        (("line", "Jules left the last apricot."), ("said", "will")),
        "apricot",
        ("line", " On the blue plate."),
    ),
    Written(
        "asking-at-my-pace",
        "questions_sheet",
        (
            ("thread", THREAD),
            ("questions", [(0, "question", "Who else knew that evening?"), (0, "when", "with_help")]),
            ("not_details", "The colour of the curtains."),
            ("stop_word", "Lighthouse"),
        ),
        "curtains",
        ("afterwards", "The long way round the pond, alone."),
    ),
)
