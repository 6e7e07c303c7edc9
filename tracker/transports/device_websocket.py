"""The device websocket `/device`: sign in, send fixes, get an acknowledgement once they are durable.

Theory of operation. The connection is signed in by its Authorization header or its first message. Then one task reads:
each message becomes a task of its own that takes the fixes, and a place in a queue. A second task answers in the order
of that queue, so that several messages wait for the same commit, acknowledgements keep the order of the messages, and
a device that does not read its answers is not read either: the queue holds `messages_in_flight` and reading waits for
room (backpressure; nothing is dropped). A bad message costs itself: it gets a problem in its turn.

Ends: sign-in failed or late (1008), no message for `idle_timeout_s` (1001), the peer closed, or the task was
cancelled. The library's keepalive ends a peer that is gone or does not read. A message longer than the server's
`max_size` is closed with 1009 by the library; serve with `max_size=limits.body_bytes`.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode

from registry.devices.model import Device
from tracker.intake.errors import IntakeError, WrongToken
from tracker.protocols.credentials import bearer
from tracker.protocols.device_messages import (
    FixesMessage,
    MessageId,
    OtherMessage,
    SignIn,
    ack,
    answer,
    problem,
    read_message,
    welcome,
)
from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fixes import DecodedFixes, decode_objects
from tracker.transports.errors import TransportRefusal
from tracker.transports.http_refusals import refused
from tracker.transports.reception import Reception, decoded

__all__ = ["serve_device"]

_PROTOCOL = "websocket"
_HOW = 'sign in: Authorization: Bearer <token>, or first {"type": "sign-in", "token": "..."}'

Answers = asyncio.Queue["asyncio.Task[str] | None"]


async def serve_device(connection: ServerConnection, reception: Reception) -> None:
    """Serve one connection until it ends."""
    try:
        device = await _sign_in(connection, reception)
        if device is not None:
            await _converse(connection, device, reception)
    except ConnectionClosed:
        return


async def _sign_in(connection: ServerConnection, reception: Reception) -> Device | None:
    """The device; None when it was told why not and the connection closed."""
    try:
        async with asyncio.timeout(reception.limits.sign_in_timeout_s):
            return await _signed_in(connection, reception)
    except TimeoutError:
        detail = "no sign-in came in time"
    except (DecodeError, IntakeError) as error:
        detail = str(error)
    reception.refused[_PROTOCOL, "Wrong token"] += 1
    await connection.send(problem(detail))
    await connection.close(CloseCode.POLICY_VIOLATION, "sign-in failed")
    return None


async def _signed_in(connection: ServerConnection, reception: Reception) -> Device:
    request = connection.request
    header = None if request is None else request.headers.get("Authorization")
    if header is not None:
        token = bearer(header)
        if token is None:
            raise WrongToken(_HOW)
        return await reception.directory.identify_token(token)
    message = read_message(await connection.recv())
    if not isinstance(message, SignIn):
        raise WrongToken(_HOW)
    device = await reception.directory.identify_token(message.token)
    await connection.send(welcome(device.id))
    return device


async def _converse(connection: ServerConnection, device: Device, reception: Reception) -> None:
    answers: Answers = asyncio.Queue(reception.limits.messages_in_flight)
    async with asyncio.TaskGroup() as group:
        group.create_task(_answer(connection, answers), name=f"device {device.id} answers")
        async with _downlink(connection, device, reception):
            await _read(connection, device, reception, answers, group)
        await answers.put(None)


def _downlink(connection: ServerConnection, device: Device, reception: Reception) -> AbstractAsyncContextManager[None]:
    """While it is open, the device is sent what concerns its member."""
    if reception.downlink is None:
        return nullcontext()
    return reception.downlink.attached(device, connection)


async def _read(
    connection: ServerConnection, device: Device, reception: Reception, answers: Answers, group: asyncio.TaskGroup
) -> None:
    """Until the peer closes or is idle for too long."""
    while True:
        try:
            async with asyncio.timeout(reception.limits.idle_timeout_s):
                text = await connection.recv()
        except TimeoutError:
            await connection.close(CloseCode.GOING_AWAY, "idle")
            return
        except ConnectionClosed:
            return
        await answers.put(group.create_task(_taken(text, device, reception), name=f"device {device.id} message"))


async def _answer(connection: ServerConnection, answers: Answers) -> None:
    """Send the answers in order; once the peer is gone, only wait for them."""
    open_ = True
    while (answer := await answers.get()) is not None:
        text = await answer
        if open_:
            try:
                await connection.send(text)
            except ConnectionClosed:
                open_ = False


async def _taken(text: str | bytes, device: Device, reception: Reception) -> str:
    """Take one message; the answer to it."""
    message_id: MessageId = None
    received_at = reception.clock.now_us()
    try:
        message = await decoded(text, partial(_message, text))
        message_id = message.id
        if isinstance(message, OtherMessage):
            return await _other(message, device, reception)
        fixes = await decoded(text, partial(_decode, message, device, received_at))
        taken = await reception.take_decoded(_PROTOCOL, device, fixes, received_at=received_at)
    except (DecodeError, IntakeError, TransportRefusal) as error:
        refusal = refused(error)
        reception.refused[_PROTOCOL, refusal.title] += 1
        return problem(refusal.detail, message_id, refusal.retry_after_s)
    return ack(message_id, taken)


async def _other(message: OtherMessage, device: Device, reception: Reception) -> str:
    """The dispatch side's answer; it counts as one message of the device's rate. Raises DecodeError, TooFast."""
    if reception.downlink is None:
        raise DecodeError("unknown message: type is sign-in, fixes, or absent for one fix")
    reception.admit(device, 1)
    return answer(message.id, await reception.downlink.heard(device, message.body))


def _message(text: str | bytes) -> FixesMessage | OtherMessage:
    message = read_message(text)
    if isinstance(message, SignIn):
        raise DecodeError("signed in already")
    return message


def _decode(message: FixesMessage, device: Device, received_at: int) -> DecodedFixes:
    return decode_objects(message.objects, device=device.key, received_at=received_at, is_strict=message.is_strict)
