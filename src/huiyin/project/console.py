"""Console: the command ``huiyin``. Django's management underneath, with words instead of tracebacks."""

import os
import sys
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, get_commands, load_command_class
from django.db import DatabaseError, OperationalError

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.strict_toml import DefinitionError
from huiyin.project import environment
from huiyin.project.demo import program as demo
from huiyin.project.demo.home import Home

INTERRUPTED = 130
HELP = """回音 Huiyin：县人大常委会信访办公室

用法 / usage: huiyin COMMAND [OPTIONS]

  demo                 安装并运行演示：三个县和省级看板 / run the demonstration
{commands}

huiyin COMMAND --help 显示该命令的选项 / shows the options of one command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a refusal is told in its own words on the error stream, with exit code 1."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.project.settings")
    if environment.DEBUG.read_flag():
        return _run(given)
    try:
        return _run(given)
    except Refusal as refusal:
        _tell(refusal.words)
    except DefinitionError as error:
        _tell(str(error))
    except ImproperlyConfigured as error:
        _tell(f"配置有误：{error} / The configuration is wrong.")
    except OperationalError as error:
        _tell(f"数据库没有应答：{str(error).strip()} / The database does not answer.")
    except DatabaseError as error:
        _tell(f"数据库拒绝了操作：{str(error).strip()} / The database refused.")
    except KeyboardInterrupt:
        return INTERRUPTED
    return 1


def _run(given: list[str]) -> int:
    if given[:1] == ["demo"]:
        return demo.main(given[1:])
    _join_the_demonstration()
    if not given or (given[0] in {"help", "-h", "--help"} and len(given) == 1):
        sys.stdout.write(f"{_help()}\n")
        return 0
    ManagementUtility(["huiyin", *given]).execute()
    return 0


def _join_the_demonstration() -> None:
    """Use the database of the demonstration in the data folder where no other is named."""
    if environment.DATABASE_URL.name not in os.environ:
        for name, value in Home(environment.DATA.read_folder()).remembered_environment().items():
            os.environ.setdefault(name, value)


def _help() -> str:
    """Return the short help: our own commands, each with the first line of what it does."""
    ours = sorted(name for name, app in get_commands().items() if str(app).startswith("huiyin."))
    lines = [f"  {name:<20} {_first_line(name)}" for name in ours]
    return HELP.format(commands="\n".join(lines))


def _first_line(name: str) -> str:
    command = load_command_class(str(get_commands()[name]), name)
    return next(iter(str(command.help).strip().splitlines()), "")


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
