"""The web process starts on a fit server, answers for an office, and refuses to start without one."""

import json
import os
import subprocess
import sys

ASK = """
import io, sys
from huiyin.project.wsgi import application
told = {
    "REQUEST_METHOD": "GET", "PATH_INFO": "/sign-in/", "SERVER_NAME": "qinglan.localhost", "SERVER_PORT": "80",
    "HTTP_HOST": "qinglan.localhost", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
    "REMOTE_ADDR": "127.0.0.1",
}
def start(status, headers):
    print(status, dict(headers)["X-Request-ID"])
b"".join(application(told, start))
"""


def serve(url: str) -> subprocess.CompletedProcess[str]:
    surroundings = os.environ | {"HUIYIN_DATABASE_URL": url}
    return subprocess.run(
        [sys.executable, "-c", ASK], env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_application_answers_and_writes_one_line(provisioned):
    place = provisioned.superuser_url.rpartition("@")[2].partition("/")[0]
    done = serve(f"postgresql://hytest_app:only-for-tests@{place}/{provisioned.database}")
    assert done.returncode == 0, done.stderr
    status, _ok, request_id = done.stdout.split()
    assert status == "200"
    (line,) = [json.loads(text) for text in done.stderr.splitlines()]
    assert (line["request_id"], line["county"], line["route"], line["status"]) == (
        request_id,
        "qinglan",
        "sign-in/",
        200,
    )


def test_without_its_database_it_does_not_start():
    done = serve("postgresql://hytest_app:only-for-tests@127.0.0.1:1/nowhere")
    assert done.returncode != 0
    assert "server.unreachable" in done.stderr or "无法连接数据库" in done.stderr
