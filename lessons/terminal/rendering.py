from rich.console import Console


def rendered(*things):
    """Text of what rich can print, in colour where the terminal has it: for a command's own stdout."""
    console = Console()
    with console.capture() as capture:
        for thing in things:
            console.print(thing)
    return capture.get()
