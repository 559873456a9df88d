"""What Noa writes with each practice: a few believable answers a row, every one her own.

`find` are words typed into the search later; `change` is what is added to one answer on the next look. A table's cell
is named by its row, counted from 0, and its column.
"""

from __future__ import annotations

from dataclasses import dataclass

THREAD, PROMISE = "The night at the hospital", "I write when I leave work late."
Cell = tuple[int, str, object]
Answer = object
"""Text as typed; a number on a scale; the id of a choice; a tuple of ids for chips; a list of cells for a table."""


@dataclass(frozen=True, slots=True)
class Written:
    """One practice, written with. `kind` is what is kept; `own` names the page or sheet where it is written, if not the
    form its page opens.
    """

    practice: str
    kind: str
    fill: tuple[tuple[str, Answer], ...]
    find: str
    change: tuple[str, str]
    own: str = ""


WRITTEN = (
    Written(
        "telling-one-moment",
        "injury",
        (
            ("title", "The call nobody took"),
            ("relation", "partner"),
            ("my_place", "carries"),
            ("reached_for", "Three calls from the corridor."),
            ("meaning", "That I come after the shift."),
        ),
        "corridor",
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
        "hearing-an-old-hurt",
        "conversation",
        (
            ("topic", "The empty chair at the recital"),
            ("strength_before", 6),
            ("step_notes", [(0, "step", "Name one moment"), (0, "note", "The chair in the second row.")]),
            ("heard", 7),
        ),
        "recital",
        ("taking", "Jules remembered which song it was."),
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
        "five-quiet-questions",
        "risk_look",
        (("lonely", 2), ("unseen", 1), ("holding_back", 3), ("note", "Quieter since the visit from Lyon.")),
        "Lyon",
        ("note", " Sunday was better."),
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
        "log-a-trigger",
        "trigger",
        (("cue", "The hall light off at ten"), ("peak", 7), ("move", ("withdraw",))),
        "hall light",
        ("needed", "A word that the evening was not lost."),
        own="trigger",
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
        "windows-and-walls",
        "windows_walls",
        (
            ("people", [(0, "who", "The Tuesday choir"), (0, "now", "window"), (0, "wish", "half")]),
            ("protects", "The names of who was there that night."),
        ),
        "choir",
        ("open_next", "The one towards my mother."),
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
        "talk-with-turns",
        "conversation",
        (("topic", "Who drives to the coast in June"), ("strength_before", 3), ("safety_before", 7), ("heard", 8)),
        "coast in June",
        ("left_open", "Whether the dog comes along."),
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
        "back-to-here",
        "tool",
        (("title", "Five blue things"), ("tool_kind", ("senses",)), ("how", "From the left wall round to the window.")),
        "blue things",
        ("ask", "Tell me a blue thing."),
        own="calm",
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
        "one-good-thing",
        "appreciation",
        (("line", "Jules left the last apricot."), ("said", "will")),
        "apricot",
        ("line", " On the blue plate."),
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
    Written(
        "small-repair",
        "conversation",
        (("topic", "Sharp words over the recycling"), ("strength_before", 4), ("heard", 6)),
        "recycling",
        ("taking", "Sorry came before the reason."),
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
    Written(
        "settle-side-by-side",
        "attunement_practice",
        (("what", "back_to_back"), ("minutes", "8"), ("ease_before", 4), ("note", "The floor creaked in time.")),
        "floor creaked",
        ("note", " We laughed at it."),
        own="calm",
    ),
)
