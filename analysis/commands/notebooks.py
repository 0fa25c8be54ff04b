"""`notebooks`: execute them in place."""

from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.terminal import Workers, console, fail, paragraph, writing

if TYPE_CHECKING:
    from analysis.notebooks import Executed


def notebooks(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help='Notebooks by name or its beginning, "02" [default: all]'),
    ] = None,
    workers: Workers = None,
) -> None:
    """Execute notebooks in place.

    They run side by side, and are written when all of them ran. A notebook whose outputs did not change
    stays as it is.

    \b
    Examples:
      python -m analysis notebooks
      python -m analysis notebooks 02
    """
    from analysis.notebooks import FOLDER, NotebookError, paths, run

    out = console()

    def tell(done: "Executed") -> None:
        change = "" if done.is_changed else ", nothing changed"
        paragraph(out, f"{done.path.name}  {done.seconds:.1f} s{change}")
        for sentence in done.stale:
            paragraph(out, f"  its text no longer holds, edit it: {sentence}")

    try:
        chosen = paths(names or ())
        paragraph(
            out, f"Executing {', '.join(path.stem for path in chosen) or 'nothing: no notebook is there'}"
        )
        with writing(FOLDER):
            run(names or (), on_done=tell, workers=workers)
    except (NotebookError, ValueError) as error:
        fail(str(error), "No notebook was written.")
