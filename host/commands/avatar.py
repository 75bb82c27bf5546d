"""`livehost avatar`: what an avatar is made of, to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from host.commands.terminal import CacheOption, bars, folders, out
from host.core.bundled import bundled
from host.core.errors import LivehostError

avatar_app = typer.Typer(no_args_is_help=True, help="Look at avatars.")


@avatar_app.command()
def preview(
    avatar: Annotated[str, typer.Argument(help="A bundled avatar's name, or a folder.")] = "kai",
    out_file: Annotated[Path, typer.Option("--out", help="The PNG to write.")] = Path("out/avatar.png"),
    cache: CacheOption = None,
) -> None:
    """Draw a contact sheet of an avatar: visemes, lids, turns, gestures."""
    from host.avatar.bundle import load_bundle
    from host.avatar.preview import contact_sheet
    from host.avatar.raster import load_atlas

    _, _, cache_folder = folders(None, cache)
    folder = Path(avatar) if (Path(avatar) / "avatar.yaml").is_file() else bundled("avatars", avatar)
    if not (folder / "avatar.yaml").is_file():
        known = sorted(file.parent.name for file in bundled("avatars").glob("*/avatar.yaml"))
        raise LivehostError(
            f"there is no avatar {avatar!r}", hint="there are: " + ", ".join(known) + ", or name a folder"
        )
    out_file.parent.mkdir(parents=True, exist_ok=True)
    with bars("drawing") as (progress,):
        bundle = load_bundle(folder)
        atlas = load_atlas(bundle, cache_folder, lambda done, of: progress(done / of))
        contact_sheet(bundle, atlas, out_file)
    out.print(str(out_file), highlight=False, markup=False, soft_wrap=True)
