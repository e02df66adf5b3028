"""Accounts: a user name, a person's name and a password. What they may do stands in their appointments."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from yanzhen.access.fields import KeyField, PathField


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with this user name: they are kept in small letters, and typed as it comes."""
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Somebody who can sign in."""

    id = KeyField()
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    path = PathField(blank=True)  # the unit that opened it and looks after it
    email = models.EmailField(blank=True)  # allauth asks for the column; nobody has to give one
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name


class StartCode(models.Model):
    """The code by which somebody signs in for the first time. One an account: a new one replaces the old."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="start_code")
    hashed = models.CharField(max_length=128)
    expires_on = models.DateField()  # the last day on which it is good
