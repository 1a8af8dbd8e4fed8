"""A plan as the terminal shows it."""

from rich.text import Text
from rich.tree import Tree

from lessons.words.figures import figure
from lessons.words.sql_text import summary


def plan_tree(explanation):
    """Return what rich prints of an Explanation."""
    statement, plan = explanation.statement, explanation.plan
    title = Text(f"Plan of statement {statement.index:,}, {summary(statement.sql)}: ", style="bold")
    if plan is None:
        return title + Text(explanation.reason, style="not bold")
    tree = Tree(title + Text(plan.verdict))
    for node in plan.nodes:
        _add(tree, node)
    figures = ", ".join(f"{figure(value)} {label}" for label, value in plan.figures)
    for line in (plan.remark, figures):
        if line:
            tree.add(Text(line, style="dim"))
    return tree


def _add(tree, node):
    words = Text(node.says or "")
    words.append(f"{' ' if node.says else ''}[{node.title}]", style="cyan")
    figures = _figures(node)
    if node.times > 1:
        words.append(f" ×{node.times:,}{', together' if figures else ''}")
    words.append(figures, style="dim")
    for note in node.notes:
        words.append(f"\n{note}", style="yellow")
    branch = tree.add(words)
    for child in node.children:
        _add(branch, child)


def _figures(node):
    parts = []
    if node.actual_rows is not None:
        parts.append(f"{figure(node.actual_rows)} rows")
    if node.estimated_rows is not None:
        parts.append(f"{figure(node.estimated_rows)} expected")
    if node.loops is not None and node.loops > 1:
        parts.append(f"×{node.loops:,}")
    if node.ms is not None:
        parts.append(f"{figure(node.ms)} ms")
    return f" {', '.join(parts)}" if parts else ""
