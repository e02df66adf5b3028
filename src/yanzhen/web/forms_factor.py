"""The forms about signing in. Codes of the second factor are counted like passwords, passkeys come from the browser as
JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from axes.utils import reset
from django import forms
from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from yanzhen.accounts.models import Account
from yanzhen.accounts.throttle import second_step


def _code_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=40,
        widget=forms.TextInput(
            {
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "spellcheck": "false",
            }
        ),
    )


class AppForm(forms.Form):
    """The first code of an app that has just taken its key."""

    code = _code_field(gettext_lazy("手机上显示的六位验证码"))


class _Counted(forms.Form):
    """A code of the app or from paper; wrong ones are counted by axes, for allauth counts in one process only."""

    user: Account
    code = _code_field(gettext_lazy("验证码或备用码"))

    def clean_code(self) -> str:
        """The code, where it is good."""
        code = str(self.cleaned_data["code"])
        if authenticate(context.request, account=self.user, factor=code) is None:
            raise forms.ValidationError(
                _("验证码不对，或者刚用过。请等手机上换了新的再写；备用码每个只能用一次。")
            )
        reset(username=second_step(self.user.username))
        used = Authenticator.objects.filter(user=self.user, last_used_at__isnull=False)
        self.authenticator = used.latest("last_used_at")
        self.authenticator.user = self.user
        return code


class CodeForm(_Counted, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(_Counted, ReauthenticateForm):
    """Once more, before something that matters."""


class CredentialField(forms.JSONField):
    """What a browser answers about a passkey, made sure to be of that form: allauth breaks on anything else."""

    widget = forms.HiddenInput

    def __init__(self, reads: Callable[[Any], object]) -> None:
        super().__init__(error_messages={"required": _MISSING, "invalid": _MISSING})
        self._reads = reads

    def to_python(self, value: Any) -> Any:
        """The answer as allauth takes it."""
        try:
            found = super().to_python(value)
            self._reads(found)
        except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as why:
            raise forms.ValidationError(_MISSING) from why
        return found

    def bound_data(self, data: Any, initial: Any) -> str:
        """Nothing is shown again: an answer counts once, and the browser makes another."""
        return ""

    def prepare_value(self, value: Any) -> str:
        """As above."""
        return ""


_MISSING = gettext_lazy("没有收到通行密钥。请按上面的按钮，再照手机或电脑的提示做。")


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey that the browser has made, and what to call it."""

    name = forms.CharField(
        label=gettext_lazy("叫它什么"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("方便以后认，例如：我的手机、办公室电脑。"),
    )
    credential = CredentialField(RegistrationResponse.from_dict)
    passwordless = None


class PasskeyForm(AuthenticateWebAuthnForm):
    """A passkey as the second step of signing in."""

    credential = CredentialField(AuthenticationResponse.from_dict)


class PasskeyAgainForm(ReauthenticateWebAuthnForm):
    """A passkey once more, before something that matters."""

    credential = CredentialField(AuthenticationResponse.from_dict)


class PasskeySignInForm(LoginWebAuthnForm):
    """A passkey in place of user name and password."""

    credential = CredentialField(AuthenticationResponse.from_dict)


class OwnPasswordForm(ChangePasswordForm):
    """A new password of one's own. The page says above it what it must be, once and in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
