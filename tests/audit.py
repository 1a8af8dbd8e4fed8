"""What is known of the packages that the site is made of: `python -m tests.audit <pip-audit>`, by `make audit`.

Ends with 1 where there is an advisory, and with 2 where a service did not answer: pip-audit takes that for a success.
"""

import json
import subprocess
import sys


def of_python(said):
    """Return (advisories, what could not be asked), each a list of lines. said: what pip-audit printed, as JSON"""
    try:
        packages = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return [], ["Python: pip-audit gave no answer."]
    advisories = [
        f"Python: {each['name']} {each['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no release'}"
        for each in packages
        for found in each.get("vulns", ())
    ]
    unasked = [each for each in packages if "skip_reason" in each]
    reason = (
        unasked
        and f"Python: nothing is known of {len(unasked)} of {len(packages)} packages: {unasked[0]['skip_reason']}"
    )
    return advisories, [reason] if reason else []


def of_node(said):
    """The same of what npm audit printed."""
    try:
        report = json.loads(said)
        found = report["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return [], ["Node: npm's advisory service gave no answer."]
    return [f"Node: {name} {each['range']}: {each['severity']}" for name, each in found.items()], []


def main(pip_audit):
    python = [pip_audit, "--requirement=requirements.lock", "--require-hashes", "--disable-pip", "--format=json"]
    advisories, unasked = of_python(_run(*python, "--progress-spinner=off"))
    for lines, more in zip((advisories, unasked), of_node(_run("npm", "audit", "--json")), strict=True):
        lines += more
    print(*advisories, *unasked, sep="\n")
    if unasked:
        print("That is no word on whether they are safe. Try again where the services can be reached.")
        return 2
    if not advisories:
        print("No advisory is known of what the site is made of.")
    return 1 if advisories else 0


def _run(*command):
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout
    except FileNotFoundError:
        return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
