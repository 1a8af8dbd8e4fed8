"""Writes a lesson's templates into a test file, as what Django's loader for templates in memory takes."""

from lessons.course.contract import Lesson

_BACKEND = "django.template.backends.django.DjangoTemplates"
_LOADER = "django.template.loaders.locmem.Loader"


def write_templates(lesson: Lesson) -> str:
    """Return the statement that makes `TEMPLATES`, as of the settings, or "" where the lesson has none."""
    folder = lesson.folder / "templates"
    files = sorted(folder.glob("**/*.*"))
    if not files:
        return ""
    texts = "".join(
        f'                    "{path.relative_to(folder).as_posix()}": """{path.read_text(encoding="utf-8")}""",\n'
        for path in files
    )
    return f"""\
TEMPLATES = [
    {{
        "BACKEND": "{_BACKEND}",
        "OPTIONS": {{
            "loaders": [
                ("{_LOADER}", {{
{texts}                }}),
            ],
        }},
    }},
]"""
