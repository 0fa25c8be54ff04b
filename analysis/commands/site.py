"""`site`: the published pages."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.terminal import console, fail, paragraph


def site(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write")] = Path("site/build"),
    exports: Annotated[Path, typer.Option(metavar="DIR", help="Where the exported charts are")] = Path(
        "exports"
    ),
) -> None:
    """Build the site from tables, notebooks and exported charts.

    The notebooks are shown as they were committed. The site opens from its folder, without a server.

    \b
    Examples:
      python -m analysis site
      python -m analysis site --out public --exports charts
    """
    try:
        from analysis.site.build import SiteError, build
    except ModuleNotFoundError as error:
        fail(f"The site needs the package {error.name}: pip install 'world-model-funding[site]'")
    try:
        n_pages = build(out, exports)
    except (SiteError, FileNotFoundError) as error:
        fail(str(error))
    paragraph(console(), f"{n_pages} pages, the first: {out / 'index.html'}")
