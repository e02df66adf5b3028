"""Values sealed at rest: SM4-GCM (or AES-GCM), bound to the place they stand in, with the id of their key.

The associated data is `table.column.row`: a sealed value copied to another row or column no longer opens.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from yanzhen.vault.keys import Unreadable, keys

_NONCE = 12
_TAG = 16
_ALGORITHMS = {"SM4": algorithms.SM4, "AES": algorithms.AES}


def seal(value: str, *, place: str, row: UUID) -> str:
    """`value` sealed for column `place` (`table.column`) of `row`; nothing stays nothing."""
    if not value:
        return ""
    kept = keys()
    algorithm, key = kept.ciphers[kept.current]
    return f"{kept.current}.{encrypt(value, key=key, bound_to=f'{place}.{row}', algorithm=algorithm)}"


def unseal(sealed: str, *, place: str, row: UUID) -> str:
    """What was sealed there; Unreadable where it is not what was put there."""
    if not sealed:
        return ""
    key_id, _, body = sealed.partition(".")
    try:
        algorithm, key = keys().ciphers[key_id]
    except KeyError:
        raise Unreadable(key_id) from None
    return decrypt(body, key=key, bound_to=f"{place}.{row}", algorithm=algorithm)


def seal_file(data: bytes, *, place: str, row: UUID) -> bytes:
    """A file's content sealed for `place` of `row`; it opens with `unseal_file` only."""
    kept = keys()
    algorithm, key = kept.ciphers[kept.current]
    return kept.current.encode() + b"." + _encrypt(data, key, f"{place}.{row}", algorithm)


def unseal_file(content: bytes, *, place: str, row: UUID) -> bytes:
    """The file's content again; Unreadable where it is not what was put there."""
    key_id, _, body = content.partition(b".")
    try:
        algorithm, key = keys().ciphers[key_id.decode("ascii", "replace")]
    except KeyError:
        raise Unreadable(place) from None
    return _decrypt(body, key, f"{place}.{row}", algorithm)


def encrypt(value: str, *, key: bytes, bound_to: str, algorithm: str = "SM4") -> str:
    """`value` under `key`, as base64 of nonce, ciphertext and tag."""
    return b64encode(_encrypt(value.encode(), key, bound_to, algorithm)).decode()


def decrypt(body: str, *, key: bytes, bound_to: str, algorithm: str = "SM4") -> str:
    """The value again; Unreadable where key, place or text differ."""
    try:
        return _decrypt(b64decode(body), key, bound_to, algorithm).decode()
    except ValueError as why:
        raise Unreadable(bound_to) from why


def _encrypt(data: bytes, key: bytes, bound_to: str, algorithm: str) -> bytes:
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(_ALGORITHMS[algorithm](key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound_to.encode())
    return b"".join((nonce, encryptor.update(data), encryptor.finalize(), encryptor.tag))


def _decrypt(raw: bytes, key: bytes, bound_to: str, algorithm: str) -> bytes:
    try:
        decryptor = Cipher(_ALGORITHMS[algorithm](key), modes.GCM(raw[:_NONCE], raw[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(bound_to.encode())
        return decryptor.update(raw[_NONCE:-_TAG]) + decryptor.finalize()
    except (InvalidTag, ValueError) as why:
        raise Unreadable(bound_to) from why


@lru_cache(maxsize=64)
def _index_base(key: bytes, use: str) -> HMAC:
    mac = HMAC(key, SM3())
    mac.update(use.encode() + b"\0")
    return mac


def blind_index(value: str, *, use: str) -> str:
    """A keyed digest (HMAC-SM3) to look `value` up by without storing it; "" for nothing.

    `use` separates indexes from each other: an ID number's digest says nothing about a phone's.
    """
    if not value:
        return ""
    mac = _index_base(keys().index, use).copy()
    mac.update(value.encode())
    return mac.finalize().hex()[:32]


@lru_cache(maxsize=8)
def _chain_base(key: bytes) -> HMAC:
    return HMAC(key, SM3())


def chain_digest(previous: str, content: bytes) -> str:
    """The next link of a sealed chain: HMAC-SM3 over the previous link and the content."""
    mac = _chain_base(keys().seal).copy()
    mac.update(previous.encode() + b"\n" + content)
    return mac.finalize().hex()
