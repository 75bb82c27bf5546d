"""The command line: the only place that prints.

A command imports what it runs in its own body: what a room on air needs is a good part of its start, and asking for
``--help`` needs none of it. At the top stands only what every command has.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from host.bench import bench_app
from host.commands.avatar import avatar_app
from host.commands.rooms import RoomArgument, placed, room_named, room_of, told_in
from host.commands.terminal import CacheOption, DataOption, JsonOption, bars, err, folders, out
from host.commands.voice import voice_app
from host.core.errors import LivehostError
from host.core.garbage import setting_up
from host.core.heap import share_heap

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from host.core.product import Product
    from host.review.report import Report

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help="A digital-human live-stream host: always on air, in sync, and within the facts.")  # fmt: skip
app.add_typer(avatar_app, name="avatar")
app.add_typer(voice_app, name="voice")
app.add_typer(bench_app, name="bench")


def main() -> None:
    """Entry point: errors a user can mend are printed without a traceback, and exit with 2."""
    share_heap()
    try:
        app()
    except LivehostError as error:
        from host.core.findings import told

        for finding in placed(error):
            err.print(told(finding, told_in()), style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        out.print(f"livehost {version('livehost')}", highlight=False)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options before the command."""


@app.command()
def live(
    room: RoomArgument = None,
    port: Annotated[int, typer.Option(help="Port of page and console.")] = 8080,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 opens it to the network.")] = "127.0.0.1",
    data: DataOption = None,
    cache: CacheOption = None,
    record: Annotated[bool, typer.Option("--record", help="Record to MP4 in the data folder.")] = False,
) -> None:
    """Put one room on air, with viewer page and console."""
    with setting_up(), bars("drawing the host") as (progress,):
        import asyncio

        from host.core.clock import MonotonicClock
        from host.core.reason import in_words
        from host.programme.opening import context_of, start_renderer
        from host.settings import console_token

        settings, data_folder, cache_folder = folders(data, cache)
        room_file = room_named(room)
        token = console_token(settings, data_folder)
        context = context_of(room_file, MonotonicClock(), data_folder, cache_folder, progress)
        renderer = start_renderer(room_file, context, "drop")

        from host.room import Room, Station  # takes as long as the renderer, which opens meanwhile

        opened = Room(room_file, Station(host, port, token, record, settings.webhook_secret), context, renderer)

    def listening(address: tuple[str, int]) -> None:
        base = f"http://{address[0] if ':' not in address[0] else f'[{address[0]}]'}:{address[1]}"
        out.print(f"[bold]{room_file.config.title or room_file.config.name}[/bold] is on air", highlight=False)
        out.print(f"  viewers  {base}/", highlight=False)
        out.print(f"  console  {base}/console?token={token}", highlight=False, soft_wrap=True)
        for reason in opened.programme.degraded():
            said = in_words(reason, told_in())
            err.print(f"  degraded  {said}", style="yellow", highlight=False, markup=False, soft_wrap=True)

    asyncio.run(
        opened.run(
            listening, lambda text: err.print(text, style="yellow", highlight=False, markup=False, soft_wrap=True)
        )
    )


@app.command()
def rehearse(
    what: Annotated[list[Path] | None, typer.Argument(help="A room file, or script files.")] = None,
    out_folder: Annotated[Path, typer.Option("--out", help="Where the film and the reports go.")] = Path(
        "out/rehearsal"
    ),
    comments: Annotated[
        Path | None,
        typer.Option(help="Simulated viewers; default: comments/NAME.jsonl beside the room file, if there."),
    ] = None,
    minutes: Annotated[float, typer.Option(min=0.01, max=24 * 60.0, help="Length of the show.")] = 10.0,
    no_video: Annotated[bool, typer.Option("--no-video", help="No film: only timeline, captions and report.")] = False,
    cache: CacheOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the film of a show offline, faster than real time. Exits with 1 if the guard refused a line of a script."""
    with setting_up():
        from host.core.clock import MonotonicClock
        from host.core.reason import in_words
        from host.programme.vetted_file import room_file as vetted_in
        from host.rehearsal import Rehearsal
        from host.rehearsal import rehearse as run_rehearsal
        from host.review.happenings import Topic

    _, data_folder, cache_folder = folders(None, cache)
    room_file = room_of(what or [])
    beside = room_file.folder / "comments" / f"{room_file.config.name}.jsonl"
    simulated = comments or (beside if beside.is_file() else None)
    wall = MonotonicClock().wall().replace(second=0, microsecond=0)
    allowed = vetted_in(data_folder, room_file.config.name)
    plan = Rehearsal(out_folder, cache_folder, minutes * 60, simulated, not no_video, wall, allowed)
    with bars("drawing the host", "rehearsing") as (drawing, progress):
        report = run_rehearsal(room_file, plan, progress, drawing)
    if as_json:
        print(report.to_json())
    else:
        _print_report(report, out_folder)
    refused = [group.latest for group in report.groups(Topic.REFUSAL) if group.latest.kind == "script"]
    for line in refused:
        err.print(
            f"refused: {line.what}\n    {in_words(line.why, told_in())}",
            style="red",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    raise typer.Exit(1 if refused else 0)


@app.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Rooms, scripts or folders; default: here.")] = None,
    vet: Annotated[
        bool, typer.Option("--vet", help="Keep in vetted.jsonl beside the scripts what of them is proven.")
    ] = False,
    judge: Annotated[bool, typer.Option("--judge", help="Put the scripts to the room's judge as well.")] = False,
    doubts: Annotated[
        bool, typer.Option("--doubts", help="Point out the lines that pass and that the guard is least sure of.")
    ] = False,
    data: DataOption = None,
    as_json: JsonOption = False,
    understood: Annotated[
        bool | None, typer.Option(help="What was understood of each sheet, too; without --json it is.")
    ] = None,
) -> None:
    """Find what is wrong in scripts, products, rooms and avatars. Exits with 1 if something would not go on air."""
    with setting_up():
        from host import logs
        from host.check import Beyond
        from host.check import check as check_files
        from host.core.clock import MonotonicClock
        from host.core.findings import as_data, refused, told
        from host.core.reason import Reason, in_words
        from host.show.understood import as_data as sheet_data

    _, data_folder, cache_folder = folders(data, None)
    logs.configure(level="error")
    default = [path for path in (Path("config"), Path("scripts")) if path.is_dir()]
    default += [path for path in sorted(Path().glob("*.yaml")) if path.is_file()]
    if not paths and not default:
        raise refused("nothing_to_check")
    if gone := [path for path in paths or [] if not path.exists()]:
        raise refused("no_such_path", path=str(gone[0]))
    beyond = Beyond(data_folder, cache_folder, vet=vet, judge=judge, doubts=doubts)
    checked = check_files(paths or default, MonotonicClock().wall(), beyond)
    if as_json:
        findings = [as_data(finding) for finding in checked.findings]
        sheets = {"findings": findings, "products": [sheet_data(product) for product in checked.products]}
        print(json.dumps(sheets if understood else findings, ensure_ascii=False, indent=1))
    else:
        for finding, lang in checked.told.items():
            shown = replace(finding, path=_as_named(finding.path, paths or default))
            out.print(told(shown, lang), highlight=False, markup=False, soft_wrap=True,
                      style="yellow" if finding.severity == "warning" else "red")  # fmt: skip
        if understood is not False:
            _print_understood(checked.products, paths or default)
        files, errors = len(checked.files), len(checked.errors)
        counts = Reason(
            "counted", files=files, errors=errors, warnings=len(checked.told) - errors, hidden=checked.hidden
        )
        out.print(in_words(counts, checked.lang or "en"), highlight=False)
    raise typer.Exit(1 if checked.errors else 0)


def _print_understood(products: Sequence[Product], named: Sequence[Path]) -> None:
    """A row for each typed entry of the sheets, in the language of each."""
    from host.core.reason import in_words
    from host.show.understood import understood

    for product in products:
        rows = understood(product)
        if rows:
            heading = f"{product.name}  {_as_named(product.source, named)}"
            out.print(heading, highlight=False, markup=False, soft_wrap=True)
        for row in rows:
            line = row.place.rpartition(":")[2]
            what = in_words(row.what, product.lang)
            out.print(f"  {line:>4}  {row.key:20} {what}", highlight=False, markup=False, soft_wrap=True)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What a viewer writes; with --say, what the operator has said.")],
    script: Annotated[list[Path] | None, typer.Option(help="Scripts to answer from; default: the room's.")] = None,
    room: Annotated[Path | None, typer.Option(help="Room file.")] = None,
    user: Annotated[str, typer.Option(help="The viewer's name.")] = "viewer",
    as_operator: Annotated[
        bool, typer.Option("--say", help="It is a line of the operator's: would it be said? Exits with 1 if not.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show what the host would answer, or whether it would say a line: verdict, text, evidence, reason."""
    with setting_up():
        from host import logs
        from host.ask import ask as put_question
        from host.ask import say as have_said
        from host.core.clock import MonotonicClock
        from host.core.reason import in_words

    _, data, cache = folders(None, None)
    logs.configure(level="error")
    room_file = room_of(script) if script else room_named(room)
    if not question.strip():
        raise LivehostError("there is no question", hint='for example: livehost ask "包邮吗"')
    wall = MonotonicClock().wall()
    if as_operator:
        line = have_said(room_file, question, wall, data, cache)
        why = in_words(line.reason, told_in(), line.why)
        rows = [("verdict", line.fate), ("text", line.text), ("spoken", line.spoken), ("reason", why)]
        _print_rows([*rows, *_evidence(line.evidence)], line, as_json)
        raise typer.Exit(0 if line.fate == "said" else 1)
    asked = put_question(room_file, question, user, wall, data, cache)
    rows = [(each["fate"], each["reason"]) for each in asked.verdicts[:-1]]
    rows += [("refused", f"{refusal['text']}: {refusal['reason']}") for refusal in asked.refusals]
    rows += [("verdict", f"{asked.fate} ({asked.intent})"), ("product", asked.product or ""), ("text", asked.text),
             ("spoken", asked.spoken if asked.spoken != asked.text else ""), ("reason", asked.reason),
             ("answerer", asked.answerer)]  # fmt: skip
    rows += [("skipped", f"{name}: {why}") for name, why in asked.passed.items()]
    rows += _evidence(asked.evidence)
    rows += [("derived", f"{said}: {how}") for said, how in asked.derived.items()]
    _print_rows(rows, asked, as_json)


def _evidence(facts: dict[str, str]) -> list[tuple[str, str]]:
    return [("evidence", f"{key}: {text}") for key, text in facts.items()]


def _print_rows(rows: Iterable[tuple[str, str]], of: DataclassInstance, as_json: bool) -> None:
    """A row for each value there is, or all of it as JSON."""
    if as_json:
        print(json.dumps(asdict(of), ensure_ascii=False, indent=1))
        return
    for name, value in rows:
        if value:
            out.print(f"{name:9} {value}", highlight=False, markup=False, soft_wrap=True)


@app.command()
def new(folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Make a folder of one's own: a room, a first product, an avatar, ready to edit."""
    from host.commands.schemas import sheet_schema, with_shop
    from host.scaffold import make_folder

    for path in make_folder(folder, {"room": with_shop(), "sheet": sheet_schema()}):
        out.print(f"  {path}", highlight=False, markup=False, soft_wrap=True)
    out.print(f"  {folder / 'avatars'}", highlight=False, markup=False, soft_wrap=True)
    out.print(
        f"next:  livehost check {folder}   ·   livehost live {folder / 'room.yaml'}", highlight=False, markup=False
    )


@app.command()
def doctor(
    room: RoomArgument = None,
    port: Annotated[int, typer.Option(help="Port the room would listen on.")] = 8080,
    host: Annotated[str, typer.Option(help="Address the room would listen on.")] = "127.0.0.1",
    as_json: JsonOption = False,
) -> None:
    """Say what would stop a room, and what the endpoints it names answer. Exits with 1 if something would stop it."""
    from rich.markup import escape

    from host import logs
    from host.doctor import examine

    _, data, cache = folders(None, None)
    logs.configure(level="error")
    results = examine(host, port, data, cache, lambda: room_named(room))
    if as_json:
        print(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1))
    else:
        colours = {"ok": "green", "note": "yellow", "stop": "red"}
        for result in results:
            line = f"[{colours[result.level]}]{result.level:5}[/] {result.name}: {escape(result.detail)}"
            out.print(line, highlight=False, soft_wrap=True)
            if result.hint:
                out.print(f"        {result.hint}", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1 if any(result.level == "stop" for result in results) else 0)


@app.command()
def review(
    journal: Annotated[Path, typer.Argument(help="A room's journal: var/NAME.journal.db.")],
    out_folder: Annotated[Path, typer.Option("--out", help="Where the report goes.")] = Path("out/review"),
    as_json: JsonOption = False,
) -> None:
    """Tell people what happened on air: report.html and report.json from a journal."""
    from host.journal import is_written, read
    from host.review.page import write
    from host.review.report import review as review_events

    report = review_events(read(journal), journal.name.removesuffix(".journal.db"), on_air=is_written(journal))
    write(report, out_folder)
    if as_json:
        print(report.to_json())
    else:
        _print_report(report, out_folder)


@app.command()
def schema(
    sheet: Annotated[
        bool, typer.Option("--sheet", help="That of product sheets: the front matter of scripts.")
    ] = False,
) -> None:
    """Print the JSON Schema of room files, for editors."""
    from host.commands.schemas import sheet_schema, with_shop

    print(json.dumps(sheet_schema() if sheet else with_shop(), ensure_ascii=False, indent=2))


def _as_named(path: str, named: Sequence[Path]) -> str:
    """A path as its user would type it: from here, unless he named one from the root."""
    if any(each.is_absolute() for each in named) or not Path(path).is_relative_to(Path.cwd()):
        return path
    return str(Path(path).relative_to(Path.cwd()))


def _print_report(report: Report, folder: Path) -> None:
    from host.review.outline import outline
    from host.review.telling import Telling

    for line in (*outline(report), Telling(report)("report_written", folder=str(folder / "report.html"))):
        out.print(line, highlight=False, markup=False, soft_wrap=True)
