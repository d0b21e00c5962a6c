"""A host has one spelling and is remembered for some seconds."""

import pytest

from huiyin.kernel.tenant import Tenant
from huiyin.project.tenancy.hosts import HostMemory, one_spelling

OFFICE = Tenant(schema="qinglan", kind="county", name="青岚县人大")


@pytest.mark.parametrize(
    ("host", "spelling"),
    [
        ("qinglan.localhost", "qinglan.localhost"),
        ("qinglan.localhost:8000", "qinglan.localhost"),
        ("QingLan.LOCALHOST", "qinglan.localhost"),
        ("qinglan.localhost.", "qinglan.localhost"),
        ("qinglan.localhost.:8000", "qinglan.localhost"),
        ("青岚.localhost", "xn--xit797k.localhost"),
        ("青岚。localhost", "xn--xit797k.localhost"),
        ("青岚.localhost".encode().decode("latin-1"), "xn--xit797k.localhost"),
        ("XN--XIT797K.localhost", "xn--xit797k.localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("", None),
        (".", None),
        ("..", None),
        ("qinglan..localhost", None),
        ("qinglan.localhost..", None),
        ("-qinglan.localhost", None),
        ("qing_lan.localhost", None),
        ("qinglan.localhost/..", None),
        ("qinglan.localhost\x00", None),
        ("qinglan.localhost:80:80", None),
        ("qinglan.localhost:http", None),
        ("[::1]:8000", None),
        ("a" * 64 + ".localhost", None),
        (".".join(["a" * 60] * 5), None),
    ],
)
def test_a_host_has_one_spelling(host: str, spelling: str | None) -> None:
    assert one_spelling(host) == spelling


class Register:
    """A register that counts how often it is asked."""

    def __init__(self) -> None:
        self.offices = {"qinglan.localhost": OFFICE}
        self.asked: list[str] = []
        self.now = 100.0

    def look_up(self, host: str) -> Tenant | None:
        self.asked.append(host)
        return self.offices.get(host)

    def memory(self, *, size: int = 100) -> HostMemory:
        return HostMemory(self.look_up, seconds=5, size=size, clock=lambda: self.now)


@pytest.mark.parametrize("host", ["qinglan.localhost", "nobody.localhost"])
def test_a_host_is_looked_up_once_in_the_time_it_is_remembered(host: str) -> None:
    register = Register()
    memory = register.memory()
    answers = [memory.tenant_of(host), memory.tenant_of(host)]
    register.now += 4.9
    answers.append(memory.tenant_of(host))
    assert register.asked == [host]
    register.now += 0.1
    answers.append(memory.tenant_of(host))
    assert register.asked == [host, host]
    assert len(set(answers)) == 1


def test_what_was_forgotten_is_looked_up_again() -> None:
    register = Register()
    memory = register.memory()
    memory.tenant_of("qinglan.localhost")
    memory.tenant_of("nobody.localhost")
    memory.forget("qinglan.localhost")
    memory.tenant_of("qinglan.localhost")
    memory.tenant_of("nobody.localhost")
    memory.forget()
    memory.tenant_of("nobody.localhost")
    assert register.asked == [
        "qinglan.localhost",
        "nobody.localhost",
        "qinglan.localhost",
        "nobody.localhost",
    ]


def test_a_flood_of_invented_hosts_neither_grows_the_memory_nor_drops_the_offices() -> None:
    register = Register()
    memory = register.memory(size=10)
    memory.tenant_of("qinglan.localhost")
    for number in range(1000):
        memory.tenant_of(f"{number}.localhost")
        assert len(memory._found) <= 10
    register.asked.clear()
    assert memory.tenant_of("qinglan.localhost") is OFFICE
    assert register.asked == []


def test_a_register_that_fails_leaves_nothing_behind() -> None:
    register = Register()

    def fail(host: str) -> Tenant | None:
        raise ConnectionError(host)

    memory = HostMemory(fail)
    with pytest.raises(ConnectionError):
        memory.tenant_of("qinglan.localhost")
    assert memory._found == {}
    assert register.asked == []
