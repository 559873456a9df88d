"""What Noa writes with the practices of “Understand”."""

from __future__ import annotations

from tests.journeys.practices.written import Written

UNDERSTAND = (
    Written(
        "telling-one-moment",
        "injury",
        (
            ("title", "The call nobody took"),
            ("relation", "partner"),
            ("my_place", "carries"),
            ("reached_for", "Three calls from beside the vending machine."),
            ("meaning", "That I come after the shift."),
        ),
        "beside the vending machine",
        ("moment_of_need", "My mother was in surgery."),
        own="thread",
    ),
    Written(
        "naming-what-broke",
        "injury",
        (
            ("title", "The letter in the drawer"),
            ("breach", ("trust_broken",)),
            ("reached_for", "One page, read aloud at the sink."),
        ),
        "sink",
        ("meaning", "That asking makes it worse."),
        own="thread",
    ),
    Written(
        "five-quiet-questions",
        "risk_look",
        (("lonely", 2), ("unseen", 1), ("holding_back", 3), ("note", "Quieter since the visit from Lyon.")),
        "Lyon",
        ("note", " Sunday was better."),
    ),
    Written(
        "our-usual-loop",
        "cycle",
        (
            ("pattern", "pursue_withdraw"),
            ("starts_with", "A question at the door."),
            ("my_move", ("pursue",)),
            ("my_longing", "To be told I matter before the rota."),
            ("our_name", "The clipboard waltz"),
        ),
        "clipboard waltz",
        ("way_out", "Ten minutes with coats still on."),
    ),
    Written(
        "where-i-learned-it",
        "template",
        (
            ("title", "Do not be any trouble"),
            ("origin", "The flat over the bakery, with two little ones asleep."),
            ("evidence_against", "Jules asked twice on Sunday"),
            ("holds", 5),
        ),
        "bakery",
        ("might_say", "Somebody may be glad to be asked."),
    ),
    Written(
        "three-portraits",
        "styles_reflection",
        (("at_ease", 3), ("at_a_distance", 2), ("reaching", 6), ("with_whom", "Jules, and a little my sister.")),
        "my sister",
        ("stress", "The reaching one, by about Thursday."),
    ),
    Written(
        "first-trust-loop",
        "trust_cycle",
        (
            ("need", "Someone at the school gate."),
            ("signal", "I waited by the plane tree."),
            ("response", "The neighbour, mostly."),
            ("belief", "People come when they can."),
        ),
        "plane tree",
        ("today", "At the station, whenever a train is late."),
    ),
    Written(
        "three-depths-of-trust",
        "trust_levels",
        (("now", "trust"), ("wished", "commitment"), ("why", "Small words have held since the spring.")),
        "since the spring",
        ("sign", "I stop counting the minutes."),
    ),
    Written(
        "windows-and-walls",
        "windows_walls",
        (
            ("people", [(0, "who", "The Tuesday choir"), (0, "now", "window"), (0, "wish", "half")]),
            ("protects", "The names of who was there that night."),
        ),
        "choir",
        ("open_next", "The one towards my mother."),
    ),
)
