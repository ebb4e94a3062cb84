"""Follows logins with the official Python SDK, unmodified, as many at once as it is told to.

The first line on standard input is a JSON list of connections. Each line after it asks for what
has come since the line before; the answers are JSON lines: how many streams are open, and how many
milliseconds each event had been on its way.
"""

import asyncio
import json
import os
import platform
import sys
import time
from importlib.metadata import version

from httpx import Limits
from kernel import AsyncKernel, DefaultAsyncHttpxClient

client = AsyncKernel(
    api_key="sk_sandbox",
    base_url=os.environ["KERNEL_BASE_URL"],
    # By itself it opens 100 streams at most.
    http_client=DefaultAsyncHttpxClient(limits=Limits(max_connections=None)),
)
connections = client.auth.connections

streams = 0
delays: list[int] = []


async def follow(id: str) -> None:
    global streams
    async with await connections.follow(id) as stream:
        streams += 1
        async for event in stream:
            message = getattr(event, "external_action_message", None)
            if message and " at " in message:
                delays.append(int(time.time() * 1000) - int(message.split(" at ")[1]))
    streams -= 1


def tell(what: dict) -> None:
    print(json.dumps(what), flush=True)


async def lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=1024 * 1024)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


async def answer(asked: asyncio.StreamReader) -> None:
    while await asked.readline():
        tell({"open": streams, "delays": delays})
        delays.clear()
    os._exit(0)


async def main() -> None:
    asked = await lines()
    ids = json.loads(await asked.readline())
    tell({"runs_on": f"Python {platform.python_version()}", "sdk": f"kernel {version('kernel')}"})
    # One that fails takes all the others with it, and this process.
    await asyncio.gather(answer(asked), *(follow(id) for id in ids))


asyncio.run(main())
