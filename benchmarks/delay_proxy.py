"""A TCP proxy that adds half a round trip to everything that passes, and a whole one to each new connection.

Runs as a program of its own, so that its work is not done on the measured process's time:
`delay_proxy.py TARGET_PORT ROUND_TRIP_SECONDS` prints its port and serves until it is ended.
"""

from __future__ import annotations

import asyncio
import sys


class Delay:
    """Carries bytes between a client and the target, each piece later by half a round trip."""

    def __init__(self, port: int, round_trip: float) -> None:
        self._port, self._round_trip = port, round_trip

    async def serve(self) -> None:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._port)
        # On loopback a connection opens at once; over a network its SYN makes a round trip first.
        opened = asyncio.get_running_loop().time() + self._round_trip
        await asyncio.gather(
            self._carry(reader, inner_writer, opened), self._carry(inner_reader, writer, opened)
        )

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, opened: float
    ) -> None:
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        async def deliver() -> None:
            while True:
                at, data = await pieces.get()
                await asyncio.sleep(at - loop.time())
                if not data:
                    return writer.close()
                writer.write(data)

        delivery = asyncio.create_task(deliver())
        while data := await reader.read(65536):
            pieces.put_nowait((max(loop.time(), opened) + self._round_trip / 2, data))
        pieces.put_nowait((loop.time() + self._round_trip / 2, b""))
        await delivery


if __name__ == "__main__":
    asyncio.run(Delay(int(sys.argv[1]), float(sys.argv[2])).serve())
