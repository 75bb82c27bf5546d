"""Kinds of journal events, in one place: who writes one and who folds them agree here.

An event is a mapping with ``kind``, ``at`` (clock seconds), ``wall`` (ISO 8601) and the fields named beside its kind.
``reason``, ``reasons`` and ``message`` are English; ``why`` beside them is the same as data (`host.core.reason.data`).
"""

from __future__ import annotations

from typing import Any

Event = dict[str, Any]

HEARD_ENOUGH = 1.0
"""Seconds of an answer from which whoever asked has noticed that it was answered."""

ROOM_STARTED = "room_started"
"""room, title, resumed (bool), lang, products (id to name); consents: whose voices the host speaks with, where they are
cloned from recordings (`host.core.ports.Cloned`); music, where there is a bed: file and licence"""
ROOM_STOPPED = "room_stopped"
"""reason: stopped (by whoever runs it), ended (as long as it was to be), cancelled (what it ran in failed). A room that
was killed has none."""
ALIVE = "alive"
"""Nothing; recorded where nothing else was for a minute."""
SPEAKING = "speaking"
"""utterance, utterance_kind, text, spoken, lang, product, place, in_reply_to, reply, evidence, engine, start, duration;
derived: how numbers come about that no fact states, as said, how and facts (`host.core.derivation`);
excuse (true) of a word before an answer that is said again; wished (true) of a script that a viewer asked for. Written
before the first sample leaves. ``reply`` is the id of what it is a sentence of, "" for a script; without it the event
is of a version that wrote no `GIVEN`."""
GIVEN = "given"
"""in_reply_to: `HEARD_ENOUGH` of an answer or a greeting has left for the viewers. Once for each; one that is shorter
has its verdict at its end. After a kill it counts as given; what began without it is said again."""
PLAYED = "played"
"""utterance, utterance_kind, product, place, in_reply_to, heard, total, interrupted (samples)"""
COMMENT = "comment"
"""comment, user, text, source; viewer, where the source gives an id"""
VERDICT = "verdict"
"""comment, intent, fate, reason, why, product; answerer: who made the answer, "" for nobody; passed: who was to before,
as name, reason and why"""
REFUSAL = "refusal"
"""utterance, utterance_kind, text, spoken, code, reason, why, offending, in_reply_to; wording: its hash
(`host.core.vetted`), by which an operator may allow it"""
OPERATOR = "operator"
"""operator, command and its arguments; of ``allow`` and ``revoke`` also text and products of the wording, and lifted:
the objections overruled, as category and piece"""
NOT_DONE = "not_done"
"""A command that was not carried out: operator, command and its arguments, reason, why"""
FAULT = "fault"
"""where, message, why, retry_in"""
DEGRADED = "degraded"
"""reasons: what of the room does not work as configured at present; why"""
RELOADED = "reloaded"
"""products; findings: what is wrong in files, where it is an error kept at their last good version; found: the same as
data (`host.core.findings.as_data`)"""
FACTS = "facts"
"""What of products is in force from here on (`host.core.livefacts`): by (``start``, ``file``, ``api``, ``console``,
``webhook``, ``feed``), products: by id version, values that are others, and for those laid over the sheet what is
beneath; whole (bool): whether it tells all there is. Of a change with a key also key, print, made"""
