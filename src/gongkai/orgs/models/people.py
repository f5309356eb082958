"""People, the roles they hold, their posts and duties, and their absences."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models.units import Unit
from gongkai.orgs.roles import Role


class PersonManager(BaseUserManager["Person"]):
    """Makes people with a hashed password; a person comes with his unit, which every page names."""

    def get_queryset(self) -> models.QuerySet[Person]:
        return super().get_queryset().select_related("unit")

    def create_person(self, *, username: str, password: str | None, **fields: Any) -> Person:
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A member of staff; the login name is given by the office, nobody signs up."""

    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="people")
    email = models.EmailField("邮箱", blank=True)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    is_active = models.BooleanField("在岗", default=True)
    joined_on = models.DateField("到岗日期", null=True, blank=True)
    left_on = models.DateField("离岗日期", null=True, blank=True)

    objects = PersonManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["unit", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class RoleHolding(models.Model):
    """A person holds a role for a unit in a period."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField("角色", max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, verbose_name="范围单位", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"], condition=Q(valid_to=None), name="role_held_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="role_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"


class Post(models.Model):
    """A 岗位: the column is kept by the post, the post is filled by a person."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("岗位", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [models.UniqueConstraint(fields=["unit", "title"], name="post_once")]

    def __str__(self) -> str:
        return self.title


class PostHolding(models.Model):
    """Who fills a post, as A (main) or B (deputy), in a period."""

    class Seat(models.TextChoices):
        MAIN = "A", "A角"
        DEPUTY = "B", "B角"

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    seat = models.CharField("角", max_length=1, choices=Seat.choices, default=Seat.MAIN)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任岗"
        constraints = [
            models.UniqueConstraint(
                fields=["post", "seat"], condition=Q(valid_to=None), name="one_holder_per_seat"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.person}"


class Duty(models.Model):
    """Something a post answers for: a column, a plan task, a register."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="duties")
    subject = models.CharField("职责", max_length=200)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "职责"

    def __str__(self) -> str:
        return self.subject


class Leave(models.Model):
    """An absence: the deputy has the absent person's tasks from its first to its last day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField("第一天")
    last_day = models.DateField("最后一天")
    reason = models.CharField("事由", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "请假与代理"
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="leave_period"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="leave_other_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.first_day}—{self.last_day}"
