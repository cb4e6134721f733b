"""CRC32C and MD5 as Cloud Storage writes them: base64 of the bytes, the CRC's big-endian."""

import base64
import hashlib
from typing import Optional

from storage_errors import Refusal

try:
    from google_crc32c import value as crc32c
except ImportError:

    def _table() -> list[int]:
        table = []
        for number in range(256):
            for _ in range(8):
                number = number >> 1 ^ (0x82F63B78 if number & 1 else 0)
            table.append(number)
        return table

    TABLE = _table()

    def crc32c(data: bytes) -> int:
        """CRC-32 of Castagnoli's polynomial."""
        value = 0xFFFFFFFF
        for byte in data:
            value = value >> 8 ^ TABLE[(value ^ byte) & 0xFF]
        return value ^ 0xFFFFFFFF


def crc32c_text(data: bytes) -> str:
    return base64.b64encode(crc32c(bytes(data)).to_bytes(4, "big")).decode()


def md5_text(data: bytes) -> str:
    return base64.b64encode(hashlib.md5(data).digest()).decode()


def expected_hashes(metadata: dict, header: Optional[str]) -> dict[str, str]:
    """What a client says the checksums are, in an object's metadata or in `X-Goog-Hash`: crc32c, md5 or both."""
    hashes = {}
    for name, field in (("crc32c", "crc32c"), ("md5", "md5Hash")):
        if metadata.get(field):
            hashes[name] = metadata[field]
    for part in (header or "").split(","):
        name, _, value = part.strip().partition("=")
        if name in ("crc32c", "md5"):
            hashes[name] = value
    return hashes


def check_hashes(expected: dict[str, str], content: bytes) -> None:
    """Refuses content that is not what the client says it is."""
    for name, title, calculate in (("crc32c", "CRC32C", crc32c_text), ("md5", "MD5 hash", md5_text)):
        if name in expected and expected[name] != (found := calculate(content)):
            raise Refusal(400, f'Provided {title} "{expected[name]}" doesn\'t match calculated {title} "{found}".')
