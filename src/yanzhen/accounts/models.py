"""Accounts: a user name, a person's name and a password. What they may do stands in their appointments."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from yanzhen.access.fields import KeyField, PathField


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, *, name: str = "") -> Account:
        """A new account; without a password it cannot sign in yet."""
        account = self.model(username=username, name=name or username)
        account.set_password(password)
        account.save(using=self._db)
        return account


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
