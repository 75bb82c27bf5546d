"""What every reason says in English: a template or a function of its details, by code.

The console's words in other languages stand in ``console/static/console/reasons-*.js``, by the same codes and details.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

_MEASURES = {"money": "amount", "physical": "measurement", "clock": "time of day", "bundle": "offer",
             "link": "link number"}  # fmt: skip
"""What people call a measure, where they do not call it by its name."""
_CARRIES = {
    "price": "a price, list_price or promotion in force",
    "date": "a promotion or fact with that date",
    "unit": "a fact with that value and unit",
    "number": "a fact with that number",
    "claim": "a fact that says so",
}
"""By the guard's code: what of a product sheet would carry the thing refused."""


def _asks(*, intent: str, product: str = "", link: int | None = None, missing: int | None = None) -> str:
    about = f" about {product} (link {link})" if product else ""
    return f"{intent}{about}" + (f"; there is no link {missing}" if missing is not None else "")


def _uncarried(*, measure: str, role: str = "", bound: str = "") -> str:
    what = _MEASURES.get(measure, measure) + (f" as a {role}" if role else "") + (f" ({bound})" if bound else "")
    return f"no fact in force carries this {what}"


def _guard_facts(
    *, offending: str, what: str, products: Sequence[Mapping[str, Any]], add: str = "", source: str = ""
) -> str:
    names = ", ".join(f"{product['name']} (link {product['link']})" for product in products) or "no product"
    advice = f". To say it, write {_CARRIES[add]} into {source or 'the product sheet'}" if add else ""
    return f"“{offending}”: {what}; searched the facts of {names}{advice}"


def _guard_words(*, offending: str, what: str, written: bool) -> str:
    return f"“{offending}”: {what}" + (". Rephrase the line" if written else "")


def _banned(*, category: str, source: str, advertising: bool) -> str:
    return f"may not be said {'in advertising' if advertising else 'on air'} ({category}, {source})"


def _lacks_scarcity(*, most: int) -> str:
    return f"the stock is not {f'{most} or fewer' if most else 'none'}, and no fact says so"


def _no_such_product(*, products: Sequence[Mapping[str, Any]]) -> str:
    known = ", ".join(f"{product['link']} {product['name']}" for product in products)
    return f"there is no such product; there are: {known}"


_TROUBLE = {"sound": "there is no sound", "picture": "there is no picture", "stuck": "the picture stands still",
            "sync": "sound and picture are out of step", "blurry": "the picture is not clear"}  # fmt: skip
"""What viewers say is wrong, by the kinds of `host.chat.trouble`."""


def _viewers_report(*, trouble: str, viewers: int) -> str:
    return f"{viewers} viewers say that {_TROUBLE.get(trouble, trouble)}"


def _status(*, status: int) -> str:
    known = {401: ", the key is refused", 403: ", access is refused", 429: ", too many requests or no credit"}
    return f"the endpoint answers HTTP {status}{known.get(status, '')}"


def _whep(*, served: int, never_connected: int, vanished: int, previews: int) -> str:
    watching = f", previews {previews}" if previews else ""
    return f"served {served}, never connected {never_connected}, vanished {vanished}{watching}"


ENGLISH: dict[str, str | Callable[..., str]] = {
    "other": "{text}",
    # Triage: why a comment is not answered, or what it asks.
    "too_long": "longer than {most} characters",
    "room_rate": "more comments than the room takes in a second",
    "user_rate": "{user} writes faster than the limit",
    "user_rate_unnamed": "this viewer writes faster than the limit",
    "advert_in_name": "the nickname advertises: “{found}”",
    "seen_before": "this comment was received before",
    "unreadable": "nothing readable in it",
    "same_words": "the same words from the same viewer within a minute",
    "instructions": "tries to give the host instructions: “{found}”",
    "contact": "holds a {kind}: “{found}”",
    "advertising": "advertising: “{found}”",
    "insult": "an insult: “{found}”",
    "laugh": "a laugh: nothing to answer",
    "flood": "a flood: “{found}”",
    "banned_word": "banned word: “{found}”",
    "bare_number": "a bare number: could mean anything",
    "no_words": "no words in it",
    "small_talk": "small talk: nothing to answer",
    "complaint": "a complaint: not for the host to answer",
    "perhaps_asks": "perhaps a question",
    "left_to_operator": "perhaps a question, and the facts carry no answer",
    "asks": _asks,
    "trouble": "a viewer says that the show cannot be heard or seen as it should ({trouble})",
    "asks_identity": "asks what the host is",
    "asks_identity_in_spam": "asks what the host is, and besides: {why}",
    # Conversation: what became of a comment.
    "answered": "answered",
    "greeted": "greeted",
    "answer_had_begun": "its answer had begun when the room stopped",
    "waited_off_air": "waited while the room was off air",
    "waited_at_stop": "waited when the room stopped",
    "goes_to": "goes to {product}",
    "inlet_full": "comments came in faster than they could be read",
    "crowded_out": "comments more worth answering filled the queue",
    "greetings_off": "greetings are switched off in the room file",
    "thanking_another": "another buyer is being thanked",
    "no_answer": "the facts carry no answer",
    "too_many_replies": "too many replies waited",
    "dismissed": "dismissed by the operator",
    "went_stale": "its answer went stale before its turn came",
    "waited_too_long": "waited too long",
    "unheard": "its answer was not heard",
    # The guard: why a text may not be said.
    "guard_facts": _guard_facts,
    "guard_words": _guard_words,
    "guard_failed": "the guard could not judge this text ({error})",
    "guard_length": "too long for one utterance: {length} characters, {most} at most",
    "guard_nothing": "there is nothing to say in this text",
    "uncarried": _uncarried,
    "needs_fact": "{category}: said only where a fact says it",
    "never_say": "never_say in the sheet of {product} forbids it",
    "reaches_someone": "a link, number or id to reach someone with",
    "banned": _banned,
    "claim_role": "an instruction or a role from outside",
    "claim_model": "a language model speaking about itself",
    "claim_markup": "markup or a template that was not filled in",
    "claim_rank": "a rank that may not be said in advertising",
    "claim_superlative": "a superlative, which may not be said in advertising",
    "claim_result": "a promise of a result, which may not be made in advertising",
    "claim_letter": "a letter of a script the host does not speak",
    "claim_character": "the same character over and over",
    "claim_words": "the same words over and over",
    "lacks_price_comparison": "a comparison of prices that no price or fact in force carries",
    "lacks_other_sellers": "a comparison with other sellers that no fact carries",
    "lacks_another_day": "a comparison with the price of another time that no fact carries",
    "lacks_price_ahead": "no offer in force ends then, and no fact says that the price rises",
    "lacks_scarcity": _lacks_scarcity,
    "lacks_material": "the facts name another material",
    "lacks_colour": "the facts name other colours",
    "lacks_care": "no fact promises repair or replacement as far as this",
    "lacks_returns": "no fact takes it back on such terms",
    "lacks_payment": "no fact lets it be paid later",
    "lacks_free_shipping": "no fact ships this free, or not there, or not so little",
    "lacks_destination": "no fact says that it is delivered there",
    "lacks_speed": "no fact says that it is as quick",
    "lacks_gift": "no fact gives this, or not on these terms",
    "lacks_origin": "no fact says that it comes from there",
    "lacks_praise": "no fact says who uses or recommends it",
    "lacks_certificate": "no fact names this certificate, test or award",
    "lacks_crowd": "no fact says how popular it is",
    # Commands that are not carried out.
    "leaving": "the room is leaving the air",
    "no_such_product": _no_such_product,
    "too_many_lines": "too many lines wait to be said; try again in a moment",
    "comment_unknown": "that comment is not known any more",
    "comment_not_waiting": "that comment does not wait any more",
    "nothing_to_say": "there is nothing to say: text is empty",
    "guard_refuses": "the guard does not let this be said: {why}",
    "guard_will_refuse": "the guard will not let this be said: {why}",
    # What does not work as configured.
    "voice_down": "voice {name}: {why}",
    "answerer_down": "answerer {name}: {why}",
    "no_answerer": "no answerer is available: every question gets a safe reply",
    "output_down": "output {name}: {why}",
    "journal_fault": "journal: {error}",
    "journal_set_aside": "the journal {file} could not be read and was set aside; a new one was begun",
    "journal_removed": "the journal {file} was removed on air; a new one was begun",
    "script_kept": "script kept at its last good version: {finding}",
    "viewers_report": _viewers_report,
    # Engines and endpoints.
    "no_reply": "does not answer",
    "no_reply_within": "no answer within {seconds:g} s",
    "engine_no_reply_within": "{engine} gave no answer within {seconds:g} s",
    "speech_status": "the speech endpoint answered {status}",
    "no_sound": "no sound came",
    "not_sound": "what came is no sound but {kind}",
    "sound_undecodable": "the sound cannot be decoded: {error}",
    "sound_incomplete": "part of the sound is missing or damaged",
    "said_too_short": "said the sentence in {seconds:g} s, where {usual} s are usual",
    "said_too_long": "took {seconds:g} s over the sentence, where {usual} s are usual",
    "said_with_gap": "was silent for {seconds:g} s in the sentence or behind it",
    "said_noise": "sent {seconds:g} s of noise",
    "sound_endless": "more than {seconds:g} s of sound for one sentence",
    "no_key": "{name} is not set",
    "too_slow": "too slow",
    "endpoint_slow": "the endpoint is too slow",
    "endpoint_status": _status,
    "endpoint_unreachable": "the endpoint cannot be reached, or the connection broke",
    "endpoint_garbage": "the endpoint sends garbage",
    "endpoint_protocol": "the endpoint does not speak the protocol ({error})",
    "endpoint_error": "the endpoint reports an error",
    "model_stopped": "the model stopped for {why}",
    "only_reasoning": "nothing but reasoning came in time",
    "reply_cut": "the reply was cut off",
    "reply_endless": "the reply does not end",
    # Outputs.
    "whep": _whep,
    "not_running": "not running",
    "recording": "{file}",
    "waiting_for_keyframe": "waiting for a keyframe",
    "not_recording": "not recording",
}  # fmt: skip
