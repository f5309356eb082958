"""Login: second factor before the workbench, waits instead of locks, sessions that end, rows in the trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.orgs.models import FailedLogins, Person
from gongkai.orgs.rules import delay
from gongkai.trail.models import TrailRow

PASSWORD = "海风-correct-horse-9"
DESK = "/workbench/"


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The clock of the login, to be turned forward: ``moment[0] += …``."""
    present = [datetime(2026, 10, 14, 2, 0, tzinfo=UTC)]
    for place in ("gongkai.orgs.accounts", "gongkai.orgs.login_forms", "gongkai.orgs.middleware"):
        monkeypatch.setattr(f"{place}.timezone.now", lambda: present[0])
    return present


def with_password(world: Any, name: str) -> Person:
    person = world.people[name]
    person.set_password(PASSWORD)
    person.save()
    return person


def log_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": name, "password": password})


def verbs() -> list[str]:
    return list(TrailRow.objects.filter(verb__startswith="account.").values_list("verb", flat=True))


@pytest.mark.feature("X09")
def test_officer_gets_in_with_password(world: Any, client: Client) -> None:
    with_password(world, "finance.officer")
    assert client.get(DESK).url == "/account/login/?next=/workbench/"
    assert log_in(client, "finance.officer").url == DESK
    assert client.get(DESK).status_code == 200
    assert verbs() == ["account.login"]


@pytest.mark.feature("X09")
@pytest.mark.django_db(transaction=True)
def test_reviewer_opens_nothing_before_the_second_factor(world: Any, client: Client) -> None:
    person = with_password(world, "finance.reviewer")
    log_in(client, person.username)
    for address in (DESK, "/workbench/find/?q=x"):
        assert client.get(address).url == reverse("orgs:second_factor")
    page = client.get(reverse("orgs:second_factor"))
    assert "需要第二因素" in page.content.decode()
    # Set up: the password once more, then a valid code.
    setup = reverse("mfa_activate_totp")
    assert client.get(setup).url.startswith(reverse("account_reauthenticate"))
    client.post(f"{reverse('account_reauthenticate')}?next={setup}", {"password": PASSWORD})
    form = client.get(setup).context["form"]
    answer = client.post(setup, {"code": pyotp.TOTP(form.secret).now()})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert "恢复码" in client.get(answer.url).content.decode()
    assert client.get(DESK).status_code == 200
    assert verbs() == ["account.login", "account.change_secret"]
    # Next time the code is asked for before anything else.
    client.post(reverse("account_logout"))
    assert log_in(client, person.username).url == reverse("mfa_authenticate")
    assert client.get(DESK).url == "/account/login/?next=/workbench/"
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "验证码不对" in page.content.decode()
    later = pyotp.TOTP(form.secret).at(timezone.now() + timedelta(seconds=30))
    assert client.post(reverse("mfa_authenticate"), {"code": later}).url == DESK
    assert client.get(DESK).status_code == 200
    assert verbs()[2:] == ["account.logout", "account.login_failed", "account.login"]


def test_deputy_of_a_reviewer_needs_the_second_factor_too(world: Any, client: Client) -> None:
    from gongkai.kernel import clock
    from gongkai.orgs.models import Leave

    person = with_password(world, "finance.officer2")
    log_in(client, person.username)
    assert client.get(DESK).status_code == 200
    today = clock.today()
    Leave.objects.create(
        person=world.people["finance.reviewer"], deputy=person, first_day=today, last_day=today
    )
    assert client.get(DESK).url == reverse("orgs:second_factor")


@pytest.mark.feature("X09")
def test_failures_make_the_next_attempt_wait_and_never_lock(
    world: Any, client: Client, moment: list[datetime]
) -> None:
    with_password(world, "finance.officer")
    for _ in range(5):
        assert log_in(client, "finance.officer", "wrong").status_code == 200
    answer = log_in(client, "finance.officer")  # the right password waits as well
    assert answer.status_code == 429
    assert "请等 15 秒" in answer.content.decode()
    assert answer["Retry-After"] == "15"
    # Nobody else is held up, and the same person elsewhere is not.
    with_password(world, "civil.officer")
    assert log_in(Client(), "civil.officer").url == DESK
    elsewhere = Client(REMOTE_ADDR="10.9.8.7")
    assert log_in(elsewhere, "finance.officer").url == DESK
    moment[0] += timedelta(seconds=15)
    assert log_in(client, "finance.officer").url == DESK
    assert verbs().count("account.login_failed") == 5


def test_wait_doubles_and_is_capped(world: Any, client: Client, moment: list[datetime]) -> None:
    with_password(world, "finance.officer")
    waits = []
    for _ in range(14):
        answer = log_in(client, "finance.officer", "wrong")
        while answer.status_code == 429:
            waits.append(int(answer["Retry-After"]))
            moment[0] += timedelta(seconds=waits[-1])
            answer = log_in(client, "finance.officer", "wrong")
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_wrong_codes_wait(world: Any, client: Client, moment: list[datetime]) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    person = with_password(world, "finance.reviewer")
    TOTP.activate(person, pyotp.random_base32())
    log_in(client, person.username)
    for _ in range(5):
        assert client.post(reverse("mfa_authenticate"), {"code": "1"}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": "1"}).status_code == 429


def test_second_factor_is_sealed_in_the_database(world: Any, client: Client, settings: Any) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    person = with_password(world, "finance.reviewer")
    secret = pyotp.random_base32()
    TOTP.activate(person, secret)
    stored = Authenticator.objects.get(user=person)
    assert secret not in str(stored.data)
    assert stored.wrap().validate_code(pyotp.TOTP(secret).now())
    # A database restored without the secrets folder: no code fits, nothing breaks.
    settings.SECRET_KEY = "another-installation"
    log_in(client, person.username)
    assert (
        "验证码不对"
        in client.post(
            reverse("mfa_authenticate"),
            {"code": pyotp.TOTP(secret).at(timezone.now() + timedelta(seconds=30))},
        ).content.decode()
    )


def test_failed_login_keeps_nothing_that_was_typed(world: Any, client: Client) -> None:
    typed = "MyPassw0rd-in-the-wrong-field"
    log_in(client, typed, "also-secret")
    row = TrailRow.objects.get(verb="account.login_failed")
    kept = f"{row.actor_name}{row.object_name}{row.note}{row.facts}"
    kept += "".join(FailedLogins.objects.values_list("key", flat=True))
    assert typed not in kept and "also-secret" not in kept and "127.0.0.1" not in kept


def test_idle_login_ends(world: Any, client: Client, moment: list[datetime], settings: Any) -> None:
    with_password(world, "finance.officer")
    log_in(client, "finance.officer")
    moment[0] += timedelta(minutes=settings.SESSION_IDLE_MINUTES, seconds=-1)
    assert client.get(DESK).status_code == 200
    moment[0] += timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    answer = client.get("/workbench/find/?q=a")
    assert answer.url == "/account/login/?next=/workbench/find/%3Fq%3Da"
    assert "没有操作，已自动退出" in client.get(answer.url).content.decode()
    assert verbs() == ["account.login", "account.logout"]


def test_login_ends_after_its_longest_time(
    world: Any, client: Client, moment: list[datetime], settings: Any
) -> None:
    with_password(world, "finance.officer")
    log_in(client, "finance.officer")
    for _ in range(settings.SESSION_HOURS * 4 - 1):
        moment[0] += timedelta(minutes=15)
        assert client.get(DESK).status_code == 200
    moment[0] += timedelta(minutes=15)
    assert client.get(DESK).status_code == 302


def test_reading_writes_the_session_once_a_minute(
    world: Any, client: Client, moment: list[datetime], django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with_password(world, "finance.officer")
    log_in(client, "finance.officer")
    for seconds, writes in ((30, 0), (29, 0), (1, 1), (59, 0), (1, 1)):
        moment[0] += timedelta(seconds=seconds)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(DESK)
        changed = [q["sql"] for q in seen if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
        assert len(changed) == writes, changed


def test_session_key_changes_at_login_and_logout_needs_post(world: Any, client: Client) -> None:
    with_password(world, "finance.officer")
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key
    client.cookies["gk_session"] = planted
    log_in(client, "finance.officer")
    assert client.session.session_key != planted
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(DESK).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(DESK).status_code == 302


def test_disabled_person_is_out_at_once(world: Any, client: Client) -> None:
    person = with_password(world, "finance.officer")
    log_in(client, person.username)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(DESK).status_code == 302
    assert "不对" in log_in(client, person.username).content.decode() or client.get(DESK).status_code == 302


def test_private_pages_are_not_stored_and_carry_the_headers(world: Any, client: Client) -> None:
    with_password(world, "finance.officer")
    log_in(client, "finance.officer")
    for address in (DESK, reverse("account_login"), reverse("account_logout")):
        answer = client.get(address)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"]
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]


CLOSED = ["account_signup", "account_reset_password", "account_set_password", "account_email"]


@pytest.mark.parametrize("name", CLOSED)
def test_self_service_is_closed_and_says_who_helps(db: None, client: Client, name: str) -> None:
    for answer in (client.get(reverse(name)), client.post(reverse(name), {"username": "x"})):
        assert answer.status_code == 404
        assert "系统管理员" in answer.content.decode()
    assert Person.objects.count() == 0


def test_expired_form_says_what_to_do(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a"})
    assert answer.status_code == 403
    assert "没有提交" in answer.content.decode()


def test_login_ignores_a_foreign_next_address(world: Any, client: Client) -> None:
    with_password(world, "finance.officer")
    target = f"{reverse('account_login')}?next=https://evil.example/"
    answer = client.post(target, {"login": "finance.officer", "password": PASSWORD, "next": "//evil.example"})
    assert answer.url == DESK


@given(st.integers(0, 10_000), st.sampled_from([delay.PAIR, delay.ADDRESS, delay.ACCOUNT, delay.CODE]))
def test_wait_grows_and_ends(failures: int, bucket: delay.Bucket) -> None:
    wait = delay.wait_after(failures, bucket)
    assert timedelta(0) <= wait <= delay.wait_after(failures + 1, bucket) <= bucket.longest
    assert (wait == timedelta(0)) == (failures <= bucket.free)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert delay.left_to_wait(failures, moment, moment + bucket.longest, bucket) == timedelta(0)
    assert delay.still_counted(failures, moment, moment + timedelta(days=1)) == 0
