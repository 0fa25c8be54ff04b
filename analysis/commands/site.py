"""`site`: the published pages."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.terminal import Workers, console, fail, paragraph, writing


def site(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write")] = Path("site/build"),
    exports: Annotated[Path, typer.Option(metavar="DIR", help="Where the exported charts are")] = Path(
        "exports"
    ),
    workers: Workers = None,
) -> None:
    """Build the site from tables, notebooks and exported charts.

    The notebooks are shown as they were committed. The site opens from its folder, without a server.

    \b
    Examples:
      python -m analysis site
      python -m analysis site --out public --exports charts
    """
    from analysis import load
    from analysis.notebooks import FOLDER
    from analysis.swap import unchanged

    try:
        from analysis.site.build import SiteError, build
    except ModuleNotFoundError as error:
        fail(f"The site needs the package {error.name}: pip install 'world-model-funding[site]'")
    try:
        with writing(out), unchanged(load.directory(), FOLDER, exports):
            n_pages = build(out, exports, workers)
    except SiteError as error:
        fail(str(error), "Nothing was written.")
    paragraph(console(), f"{n_pages} pages, the first: {out / 'index.html'}")
