"""How allauth keeps a secret of the second factor, and what it calls things (`MFA_ADAPTER`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.accounts.models import Account
from yanzhen.vault.sealed import seal, unseal

_PLACE = "mfa_authenticator.data"
_whose: ContextVar[UUID] = ContextVar("whose_secrets")


@contextmanager
def secrets_of(account: Account) -> Iterator[None]:
    """Inside the block allauth seals and opens secrets of this account: they are bound to it, and open for no other."""
    token = _whose.set(account.id)
    try:
        yield
    finally:
        _whose.reset(token)


class MfaAdapter(DefaultMFAAdapter):
    """Secrets sealed by the vault; outside of `secrets_of` none opens (LookupError)."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("没有核对上，请再试一次。"),
    }

    def encrypt(self, text: str) -> str:
        """The TOTP key or the seed of the recovery codes, sealed."""
        return seal(text, place=_PLACE, row=_whose.get())

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed for this account."""
        return unseal(encrypted_text, place=_PLACE, row=_whose.get())

    def get_totp_issuer(self) -> str:
        """The name that stands in the authenticator app above the code."""
        return _("雁阵")

    def build_totp_svg(self, url: str) -> str:
        """The address as a QR code that stands in the page."""
        code = segno.make(url, micro=False, error="m")
        return str(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """This host, under the program's name."""
        return {**super().get_public_key_credential_rp_entity(), "name": _("雁阵")}

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002 - its name in allauth
        """A passkey that was given no name."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("通行密钥 %(n)d") % {"n": number}
