"""Every private hook into aiortc and aioice, in one place. ``tests/output/test_aiortc_hooks.py`` fails when one breaks.

Why there are any: aiortc drops keyframe requests for packets that are already encoded (it reads its flag only when it
encodes itself); it reports a packet's timestamp as that of the instant the packet left, which wavers with the load; it
answers with payload types and parameters of its own where it does not know the viewer's; and aioice gathers every
address of the machine but 127.0.0.1, whatever the server is bound to.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Container, Coroutine, Sequence
from typing import Any

from aioice import Candidate
from aioice.ice import get_host_addresses
from aiortc import RTCPeerConnection, RTCRtpSender, RTCRtpTransceiver
from aiortc.clock import current_ntp_time
from aiortc.rtcrtpparameters import ParametersDict, RTCRtcpFeedback, RTCRtpCodecParameters

from host.output.formats import Format

LOOPBACK = "127.0.0.1"
_ANY = {"0.0.0.0", "::", ""}
NAMES = {"h264": "H264"}
"""Encodings as they are written, where that is not in lower case."""
_FIREFOX = "mozilla...THIS_IS_SDPARTA"


def on_keyframe_request(sender: RTCRtpSender, ask: Callable[[], None]) -> None:
    """Call ``ask`` for each PLI and FIR the viewer sends (RFC 4585, RFC 5104)."""
    sender._send_keyframe = ask  # type: ignore[method-assign]


class SampleAxis:
    """The wall-clock time of what packets are stamped with, even from the first that was sent."""

    def __init__(self) -> None:
        self._zero: int | None = None

    def ntp(self, at: float) -> int:
        """``at`` seconds as an NTP timestamp, 32.32 bits (RFC 5905, section 6)."""
        since = round(at * 2**32)
        if self._zero is None:
            self._zero = current_ntp_time() - since
        return self._zero + since


class _SamplingSender(RTCRtpSender):
    """A sender whose reports carry the sampling instant of its last packet, and not the time it left at."""

    sampling_time: Callable[[], int]
    _sampled = 0

    @property
    def _RTCRtpSender__ntp_timestamp(self) -> int:  # noqa: N802 - the name the library's own private one has
        return self._sampled

    @_RTCRtpSender__ntp_timestamp.setter
    def _RTCRtpSender__ntp_timestamp(self, left: int) -> None:  # noqa: N802
        """The library sets it after each packet, next to the packet's timestamp."""
        self._sampled = self.sampling_time()


def report_sampling_time(sender: RTCRtpSender, sampling_time: Callable[[], int]) -> None:
    """Have sender reports say at which NTP time the last packet was sampled (RFC 3550, 6.4.1).

    A viewer lines up sound and picture by these reports: with the time of leaving, a picture that took 40 ms longer
    than others just before a report would move the lips by 40 ms until the next one.
    """
    sender.__class__ = _SamplingSender
    assert isinstance(sender, _SamplingSender)
    sender.sampling_time = sampling_time


def send_as(transceiver: RTCRtpTransceiver, formats: Sequence[Format]) -> None:
    """Send in these formats, the first of which is the codec. Call it after the offer is set, before the answer.

    The library keeps payload types from 96 on and replaces lower ones, which are as good (RFC 5761, 4), and it matches
    parameters by its own list of them.
    """
    transceiver._codecs = [_codec(transceiver.kind, each) for each in formats]


def _codec(kind: str, chosen: Format) -> RTCRtpCodecParameters:
    parameters: ParametersDict = {**chosen.parameters}
    if chosen.encoding == "rtx":
        parameters["apt"] = int(chosen.parameter("apt"))
    return RTCRtpCodecParameters(
        mimeType=f"{kind}/{NAMES.get(chosen.encoding, chosen.encoding)}",
        clockRate=chosen.clock,
        channels=2 if chosen.channels == "2" else None,
        payloadType=chosen.payload,
        rtcpFeedback=[RTCRtcpFeedback(*each.split(" ", 1)) for each in chosen.feedback],
        parameters=parameters,
    )


def gather_only(connection: RTCPeerConnection, addresses: Sequence[str]) -> None:
    """Gather host candidates on these addresses and no others. Call it after the offer is set, before the answer."""
    for transceiver in connection.getTransceivers():
        ice: Any = transceiver.receiver.transport.transport._connection
        if "get_component_candidates" in vars(ice):
            continue
        gather: Callable[..., Coroutine[Any, Any, list[Candidate]]] = ice.get_component_candidates

        async def gather_here(
            component: int, addresses: list[str], timeout: int = 5, gather: Any = gather, here: Any = tuple(addresses)
        ) -> list[Candidate]:
            candidates: list[Candidate] = await gather(component=component, addresses=list(here), timeout=timeout)
            return candidates

        ice.get_component_candidates = gather_here


def media_addresses(host: str, origin: str, named: Container[str] = ()) -> list[str]:
    """The addresses media is bound to for a server bound to ``host``, for a viewer that has ``named`` its own and
    made its offer with what ``origin`` says.

    Loopback stays on loopback: Chromium sends from an unbound socket and reaches it. Others send from an address of the
    machine that cannot reach it: for Firefox, which may hide where it is, all of those are added, and for a viewer that
    names some of them, those. Whoever wants to use them needs the ICE password from the answer, which left over
    loopback. Bound to everything, loopback is gathered as well, so that a machine without any network works too.
    """
    own = get_host_addresses(use_ipv4=True, use_ipv6=True)
    if host in _ANY:
        return [*own, LOOPBACK]
    if host == "localhost" or _is_loopback(host):
        loopback = LOOPBACK if host == "localhost" else host
        return [loopback, *(address for address in own if _FIREFOX in origin or address in named)]
    return [host]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
